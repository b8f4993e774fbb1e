import "server-only";
import { findSession } from "@/lib/auth/server";
import { signInFirst } from "@/lib/errors";
import { requestContext } from "@/lib/http/request-context";

/** Whose session a request's cookie names. */
export type SignedInUser = {
  id: string;
  email: string;
  name: string;
  emailVerified: boolean;
  sessionId: string;
};

/**
 * The user of the session cookie, who stands in the log line from now on. Bearer tokens and API keys
 * do not count: no program changes an account.
 *
 * @throws AppError `unauthenticated` without a live session, `unavailable`
 */
export async function signedInUser(request: Request): Promise<SignedInUser> {
  const session = await findSession(request.headers);
  if (!session) {
    throw signInFirst();
  }
  requestContext().userId = session.user.id;
  return { ...session.user, sessionId: session.id };
}

import "server-only";
import { limitRequests } from "@/lib/auth/rate-limits";
import { requireRecentSignIn } from "@/lib/auth/recent-sign-in";
import { findSession } from "@/lib/auth/server";
import { signInFirst } from "@/lib/errors";
import { requestContext } from "@/lib/http/request-context";

type Answer = (request: Request) => Promise<Response>;
type UserAnswer = (request: Request, user: SignedInUser) => Promise<Response>;

/**
 * A route for the person of the session cookie.
 *
 * @throws AppError `unauthenticated`, `unavailable`
 */
export function withUser(answer: UserAnswer): Answer {
  return async (request) => answer(request, await signedInUser(request));
}

/**
 * A route for the person of the session cookie that changes something, with a limit per minute.
 *
 * @throws AppError `unauthenticated`, `rate_limited`, `unavailable`
 */
export function withChange(answer: UserAnswer): Answer {
  return withUser(async (request, user) => {
    await limitRequests("change", user.id);
    return answer(request, user);
  });
}

/**
 * A route that changes the security of an account, for a person who has proved their identity
 * within the last 15 minutes.
 *
 * @throws AppError `unauthenticated`, `recent_sign_in_required`, `rate_limited`, `unavailable`
 */
export function withProtectedChange(answer: UserAnswer): Answer {
  return withUser(async (request, user) => {
    await requireRecentSignIn(user.id, user.sessionId);
    await limitRequests("change", user.id);
    return answer(request, user);
  });
}

/** The user of a request's session cookie. */
export type SignedInUser = {
  id: string;
  email: string;
  name: string;
  emailVerified: boolean;
  sessionId: string;
};

/**
 * The user of the session cookie, who is named in the request's log line from now on. Bearer tokens
 * and API keys are not accepted, because programs must not change accounts.
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

import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { features } from "@/lib/auth/features";
import { noteSeen } from "@/lib/auth/note-seen";
import { notePageUser } from "@/lib/auth/page-context";
import { findSession } from "@/lib/auth/server";
import { signInPath } from "@/lib/operations/site-path";

/** The session of a page's request. It contains no credential. */
export type Session = {
  id: string;
  createdAt: Date;
  user: { id: string; email: string; name: string; emailVerified: boolean };
};

/**
 * The session of the request that a page is rendered for, or null for a signed-out visitor. It is
 * read once per request. It stores the session's last use, and neither renews the session nor sets
 * a cookie.
 *
 * @throws AppError `unavailable` when the database cannot be reached
 */
export const getSession = cache(async (): Promise<Session | null> => {
  const session = await findSession(await headers());
  if (session) {
    noteSeen(session.id);
    notePageUser(session.user.id);
  }
  return session;
});

/**
 * The session of the request, for a page that needs one. It redirects a signed-out visitor to the
 * sign-in page, which leads back to `next`, and a person whose address this site requires to be
 * confirmed to the page that explains it.
 *
 * @param next the path of the page
 */
export async function requireSession(next: string): Promise<Session> {
  const session = await getSession();
  if (!session) {
    redirect(signInPath(next));
  }
  if (features.verifiedEmail && !session.user.emailVerified) {
    redirect("/verify-email");
  }
  return session;
}

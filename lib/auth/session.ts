import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { features } from "@/lib/auth/features";
import { noteSeen } from "@/lib/auth/note-seen";
import { findSession } from "@/lib/auth/server";
import { notePageUser } from "@/lib/page-context";
import { signInPath } from "@/lib/site-path";

/** Who is signed in, for a page. Nothing here is a credential. */
export type Session = {
  id: string;
  createdAt: Date;
  user: { id: string; email: string; name: string; emailVerified: boolean };
};

/**
 * The session of the request that a page is rendered for, read once for all that ask, or null for a
 * signed-out visitor. It notes the visit, and neither renews the session nor sets a cookie.
 *
 * @throws AppError `unavailable` when the database is away
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
 * The session of the request, for a page that needs one. Without a session it leaves for the sign-in
 * page, which leads back to `next`; without a confirmed address, where this site asks for one, for
 * the page that says so.
 *
 * @param next the path of the page itself
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

import "server-only";
import { findOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";

/** Whose address the token of a mail confirms, or null for one that does not work. It is not used up. */
export async function findVerification(
  token: string,
): Promise<{ id: string; email: string } | null> {
  const grant = await findOneTimeToken(token, "verify-email");
  return (
    grant &&
    database().user.findUnique({ where: { id: grant.userId }, select: { id: true, email: true } })
  );
}

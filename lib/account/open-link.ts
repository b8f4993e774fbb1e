import "server-only";
import { linkRefused } from "@/lib/account/link-refused";
import { tryLockUser } from "@/lib/account/locks";
import { findOneTimeToken, type Purpose, spendOneTimeToken } from "@/lib/auth/one-time-tokens";
import type { Transaction } from "@/lib/db/client";

/** A link from a mail that was just used up: the person as they stand, and the address it proves. */
export type OpenedLink = {
  user: { id: string; email: string; name: string; emailVerified: boolean };
  /** Null for a link that an operator handed over. */
  provenEmail: string | null;
};

/**
 * Uses up the link of a mail in the transaction that does what it allows, with its person locked.
 *
 * @throws AppError `invalid_input` for a token that does not work
 */
export async function openLink(
  tx: Transaction,
  token: string,
  purpose: Purpose,
): Promise<OpenedLink> {
  const found = await findOneTimeToken(token, purpose, tx);
  if (!found || !(await tryLockUser(tx, found.userId))) {
    throw linkRefused();
  }
  const grant = await spendOneTimeToken(tx, token, purpose);
  if (!grant) {
    throw linkRefused();
  }
  const user = await tx.user.findUniqueOrThrow({
    where: { id: grant.userId },
    select: { id: true, email: true, name: true, emailVerified: true },
  });
  return { user, provenEmail: grant.email };
}

import "server-only";
import { linkRefused } from "@/lib/account/link-refused";
import { lockUserAndSession } from "@/lib/account/locks";
import { openLink } from "@/lib/account/open-link";
import { type Transaction, transaction } from "@/lib/db/client";

/** What shows that the opener of a link made the account: a session of it, or its password's hash. */
export type MakerProof = { sessionId: string } | { hash: string };

/**
 * Marks an address as its owner's, by the token of the mail that went there. The mail alone is not
 * enough: somebody can make an account with the address of another person, who must not confirm it
 * for them.
 *
 * @param proof that it is the maker of the account who opened the link
 * @throws AppError `invalid_input` for a token that does not work, or of a former address,
 *   `unauthenticated` when session or password was taken back in the same moment
 */
export function verifyEmail(token: string, proof: MakerProof): Promise<void> {
  return transaction(async (tx) => {
    const { user, provenEmail } = await openLink(tx, token, "verify-email");
    if (provenEmail !== user.email) {
      throw linkRefused();
    }
    await requireMaker(tx, user.id, proof);
    await tx.user.update({ where: { id: user.id }, data: { emailVerified: true } });
  });
}

async function requireMaker(tx: Transaction, userId: string, proof: MakerProof): Promise<void> {
  if ("sessionId" in proof) {
    return lockUserAndSession(tx, userId, proof.sessionId);
  }
  const password = { userId, providerId: "credential", password: proof.hash };
  if ((await tx.account.count({ where: password })) === 0) {
    throw linkRefused();
  }
}

import "server-only";
import { linkRefused } from "@/lib/account/link-refused";
import { openLink } from "@/lib/account/open-link";
import { transaction } from "@/lib/db/client";

/**
 * Marks an address as its owner's, by the token of the mail that went there.
 *
 * @returns whose address it is
 * @throws AppError `invalid_input` for a token that does not work, or of a former address
 */
export function verifyEmail(token: string): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const { user, provenEmail } = await openLink(tx, token, "verify-email");
    if (provenEmail !== user.email) {
      throw linkRefused();
    }
    await tx.user.update({ where: { id: user.id }, data: { emailVerified: true } });
    return { id: user.id };
  });
}

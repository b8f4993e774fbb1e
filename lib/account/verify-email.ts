import "server-only";
import { linkRefused } from "@/lib/account/link-refused";
import { spendOneTimeToken } from "@/lib/auth/one-time-tokens";
import { transaction } from "@/lib/db/client";

/**
 * Marks an address as its owner's, by the token of the mail that went there.
 *
 * @returns whose address it is
 * @throws AppError `invalid_input` for a token that does not work, or of a former address
 */
export async function verifyEmail(token: string): Promise<{ id: string }> {
  return transaction(async (tx) => {
    const grant = await spendOneTimeToken(tx, token, "verify-email");
    if (!grant?.email) {
      throw linkRefused();
    }
    const { userId: id, email } = grant;
    const { count } = await tx.user.updateMany({
      where: { id, email },
      data: { emailVerified: true },
    });
    if (count === 0) {
      throw linkRefused();
    }
    return { id };
  });
}

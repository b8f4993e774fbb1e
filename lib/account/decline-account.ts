import "server-only";
import { deleteUntiedRows } from "@/lib/account/delete-untied-rows";
import { linkRefused } from "@/lib/account/link-refused";
import { openLink } from "@/lib/account/open-link";
import { forgetSessions } from "@/lib/auth/liveness";
import { transaction } from "@/lib/db/client";

/**
 * Deletes an account that somebody made with an address which is not theirs, by the token of the mail
 * that its owner got. Its sessions, keys and bearer tokens are dead at once, nothing of it is left,
 * and the address is free. An address that was confirmed in any way keeps its account.
 *
 * @returns whose account it was
 * @throws AppError `invalid_input` for a token that does not work, or of a former address
 */
export async function declineAccount(token: string): Promise<{ id: string }> {
  const id = await transaction(async (tx) => {
    const { user, provenEmail } = await openLink(tx, token, "verify-email");
    await deleteUntiedRows(tx, user.id);
    const { count } = await tx.user.deleteMany({
      where: { id: user.id, email: provenEmail ?? "", emailVerified: false },
    });
    if (count === 0) {
      throw linkRefused();
    }
    return user.id;
  });
  forgetSessions();
  return { id };
}

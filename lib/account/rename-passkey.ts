import "server-only";
import { passkeyNotFound } from "@/lib/account/passkey-not-found";
import { database } from "@/lib/db/client";

/**
 * Gives a passkey another name.
 *
 * @throws AppError `not_found` for one that is not there or is somebody else's
 */
export async function renamePasskey(userId: string, id: string, name: string): Promise<void> {
  const { count } = await database().passkey.updateMany({ where: { userId, id }, data: { name } });
  if (count === 0) {
    throw passkeyNotFound();
  }
}

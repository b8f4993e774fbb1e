import "server-only";
import { linkRefused } from "@/lib/account/link-refused";
import { findOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";

/**
 * Whose password a token may reset, without using it up.
 *
 * @throws AppError `invalid_input` for a token that does not work
 */
export async function getPasswordReset(token: string): Promise<{ email: string; name: string }> {
  const grant = await findOneTimeToken(token, "reset-password");
  const user = grant && (await database().user.findUnique({ where: { id: grant.userId } }));
  if (!user) {
    throw linkRefused();
  }
  return { email: user.email, name: user.name };
}

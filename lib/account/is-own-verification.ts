import "server-only";
import { findOneTimeToken } from "@/lib/auth/one-time-tokens";

/** Whether the token of a mail confirms the address of this person's account. It is not used up. */
export async function isOwnVerification(userId: string, token: string): Promise<boolean> {
  const grant = await findOneTimeToken(token, "verify-email");
  return grant?.userId === userId;
}

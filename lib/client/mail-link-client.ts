import { postJson } from "@/lib/client/post-json";

/** Asks for a mail with a link to choose a new password. It never tells whether there is an account. */
export async function requestPasswordReset(email: string): Promise<void> {
  await postJson("/api/auth/request-password-reset", { email });
}

/**
 * Sets a new password by a link from a mail, which ends every session of the account.
 *
 * @throws ApiError `invalid_input` at /token for a link that does not work, at /newPassword otherwise
 */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await postJson("/api/auth/reset-password", { token, newPassword });
}

/** Asks for a mail with a link that confirms an address. It never tells whether there is an account. */
export async function requestVerification(email: string): Promise<void> {
  await postJson("/api/auth/send-verification-email", { email });
}

/**
 * Confirms an address by a link from a mail.
 *
 * @param password of the account, where nobody is signed in to it here
 * @throws ApiError `invalid_input` at /token for a link that does not work, at /password for a wrong one
 */
export async function verifyEmail(token: string, password?: string): Promise<void> {
  await postJson("/api/auth/verify-email", { token, ...(password !== undefined && { password }) });
}

/**
 * Deletes an account that somebody else made with one's address, by the link that confirms it.
 *
 * @throws ApiError `invalid_input` at /token for a link that does not work
 */
export async function declineAccount(token: string): Promise<void> {
  await postJson("/api/auth/decline-account", { token });
}

/**
 * Moves the account of the person who is signed in to the address that a link was sent to.
 *
 * @throws ApiError `invalid_input` at /token for a link that does not work
 */
export async function confirmEmailChange(token: string): Promise<void> {
  await postJson("/api/auth/confirm-email-change", { token });
}

import { postJson } from "@/lib/client/post-json";
import { readText, readTexts } from "@/lib/client/read-body";

export type Authenticator = { totpUri: string; secret: string };

const securityPage = "/settings/security";

/**
 * Begins two-step sign-in with an authenticator app; it counts once `confirmAuthenticatorApp` was right.
 *
 * @throws ApiError `recent_sign_in_required` and others
 */
export async function beginAuthenticatorApp(): Promise<Authenticator> {
  const body = await postJson("/api/auth/two-factor/enable", { method: "totp" });
  return { totpUri: readText(body, "totpURI"), secret: readText(body, "secret") };
}

/**
 * Turns two-step sign-in on with the first code of the app.
 *
 * @returns the recovery codes, which are never shown again
 * @throws ApiError `invalid_input` at `/code` for a wrong one
 */
export async function confirmAuthenticatorApp(code: string): Promise<string[]> {
  return readTexts(await postJson("/api/auth/two-factor/confirm", { code }), "backupCodes");
}

/**
 * Turns two-step sign-in on with the passkeys of the account.
 *
 * @returns the recovery codes, which are never shown again
 * @throws ApiError `recent_sign_in_required`, or `conflict` without a passkey
 */
export async function turnOnPasskeyStep(): Promise<string[]> {
  const body = await postJson("/api/auth/two-factor/enable", { method: "passkey" });
  return readTexts(body, "backupCodes");
}

/**
 * Turns two-step sign-in off.
 *
 * @throws ApiError `recent_sign_in_required` and others
 */
export async function turnOffTwoStep(): Promise<void> {
  await postJson("/api/auth/two-factor/disable");
}

/**
 * Makes new recovery codes; the previous ones no longer work.
 *
 * @throws ApiError `recent_sign_in_required` and others
 */
export async function renewRecoveryCodes(): Promise<string[]> {
  return readTexts(await postJson("/api/auth/two-factor/generate-backup-codes"), "backupCodes");
}

/**
 * Sends a link to a new address; the account has it once that link was followed.
 *
 * @throws ApiError `recent_sign_in_required`, or `invalid_input` at `/newEmail`
 */
export async function requestEmailChange(newEmail: string): Promise<void> {
  await postJson("/api/auth/change-email", { newEmail });
}

/**
 * Begins linking an account elsewhere.
 *
 * @returns the address of the provider, to be opened; it leads back to the security page
 * @throws ApiError `recent_sign_in_required` and others
 */
export async function beginLink(provider: string): Promise<string> {
  const body = await postJson("/api/auth/link-social", { provider, callbackURL: securityPage });
  return readText(body, "url");
}

/**
 * Takes an account elsewhere away as a way in.
 *
 * @throws ApiError `recent_sign_in_required`, or `conflict` for the last way in
 */
export async function unlinkProvider(providerId: string): Promise<void> {
  await postJson("/api/auth/unlink-account", { providerId });
}

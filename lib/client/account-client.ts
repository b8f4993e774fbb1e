import { postJson } from "@/lib/client/post-json";
import { readText } from "@/lib/client/read-body";
import { tellTabs } from "@/lib/client/tab-channel";

/** What a person may change of their profile; null leaves it to the browser. */
export type ProfileChanges = {
  name?: string;
  timeZone?: string | null;
  weekStart?: string | null;
  timeFormat?: string | null;
  theme?: string | null;
  singleKeys?: boolean;
};

/**
 * Changes the profile. The request outlives its page.
 *
 * @throws ApiError `invalid_input` with a pointer to each wrong member
 */
export async function updateProfile(changes: ProfileChanges): Promise<void> {
  await postJson("/api/auth/update-user", changes, { keepalive: true });
}

/** A code of the authenticator app, or one of the recovery codes. */
export type SecondStepCode = { code: string } | { recoveryCode: string };

/**
 * Proves again the identity of the person who is signed in, which lets them change security settings for a while.
 *
 * @param code needed with two-step sign-in on, and refused without
 * @throws ApiError `invalid_input` at /password for a wrong password, at /code where a code is
 *   needed, at /code or /recoveryCode for a wrong one; `conflict` where the second step is a passkey
 */
export async function confirmIdentity(password: string, code?: SecondStepCode): Promise<void> {
  await postJson("/api/auth/verify-password", { password, ...code });
}

/**
 * Changes the password and ends all other sessions.
 *
 * @throws ApiError `invalid_input` with the pointer /currentPassword or /newPassword
 */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await postJson("/api/auth/change-password", { currentPassword, newPassword });
}

/**
 * Gives an account without a password one.
 *
 * @throws ApiError `recent_sign_in_required`, `invalid_input` with the pointer /newPassword
 */
export async function setPassword(newPassword: string): Promise<void> {
  await postJson("/api/auth/set-password", { newPassword });
}

/**
 * Ends one session of the person, by its id.
 *
 * @throws ApiError `not_found` when it is gone already
 */
export async function endSession(id: string): Promise<void> {
  await postJson("/api/auth/revoke-session", { id });
}

/**
 * Ends all sessions of the person but this one.
 *
 * @throws ApiError
 */
export async function endOtherSessions(): Promise<void> {
  await postJson("/api/auth/revoke-other-sessions", {});
}

/**
 * Deletes the account and everything in it, at once and for good, and tells the tabs.
 *
 * @param password left out where the account has none, or where the sign-in is recent
 * @throws ApiError `recent_sign_in_required`, for a wrong password `invalid_input` at /password
 */
export async function deleteAccount(password?: string): Promise<void> {
  await postJson("/api/auth/delete-user", password === undefined ? {} : { password });
  tellTabs({ kind: "signed-out" });
}

/**
 * Begins a sign-in with a provider. A person without an account gets one, with the
 * onboarding tasks.
 *
 * @param callbackURL the path of this site to come back to
 * @returns the provider's address, to be opened in this tab
 * @throws ApiError
 */
export async function beginProviderSignIn(provider: string, callbackURL: string): Promise<string> {
  const body = await postJson("/api/auth/sign-in/social", {
    provider,
    callbackURL,
    onboardingTasks: true,
  });
  return readText(body, "url");
}

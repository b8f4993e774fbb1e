import "server-only";
import { tellOfNewDevice } from "@/lib/account/notices";
import type { AccountUser, SignInProof } from "@/lib/auth/credentials";
import { requireVerifiedEmail } from "@/lib/auth/features";
import { purgeEnded } from "@/lib/auth/purge-ended";
import { startSession } from "@/lib/auth/server";
import { trustedDeviceCookie, trustedDeviceId } from "@/lib/auth/trusted-devices";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { authResponse } from "@/lib/http/auth/forward-auth";

/**
 * Signs in a person whose identity has been fully proved. The session replaces the browser's former
 * one, the browser becomes a trusted device, and if it was not one before, the person is notified.
 *
 * @param rememberMe false ends the session with the browser, or after a day
 * @param proof the proof that must still be valid when the session has been stored
 * @throws AppError `email_not_verified`, `unauthenticated` when the account or the proof is gone
 */
export async function completeSignIn(
  request: Request,
  user: AccountUser,
  rememberMe: boolean,
  proof: SignInProof | null,
): Promise<Response> {
  requireVerifiedEmail(user);
  const cookies = await startSession(request.headers, user.id, rememberMe, proof);
  logAuthEvent("signed in", user.id);
  if ((await trustedDeviceId(request.headers, user.email)) === null) {
    tellOfNewDevice(user, request.headers);
  }
  purgeEnded();
  const known = await trustedDeviceCookie(user.email);
  return authResponse({ body: { user }, cookies: [...cookies, known] });
}

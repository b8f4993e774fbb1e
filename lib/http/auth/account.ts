import "server-only";
import { deleteAccount } from "@/lib/account/account";
import { changePassword, setPassword } from "@/lib/account/password";
import { updateProfile } from "@/lib/account/profile";
import { assertNoContextWords } from "@/lib/auth/password-rules";
import { requireRecentSignIn } from "@/lib/auth/recent-sign-in";
import { trustedDeviceCookie } from "@/lib/auth/trusted-devices";
import {
  changePasswordInput,
  deleteUserInput,
  setPasswordInput,
  updateUserInput,
} from "@/lib/http/auth/account-inputs";
import { requireAccountPassword } from "@/lib/http/auth/account-password";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse } from "@/lib/http/auth/forward-auth";
import { recordChange } from "@/lib/http/auth/record-change";
import type { SignedInUser } from "@/lib/http/auth/signed-in-user";
import { signedOut } from "@/lib/http/auth/signed-out";
import { withChange, withProtectedChange } from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";

export const accountEndpoints: Endpoints = {
  "/update-user": post(withChange(updateUser)),
  "/change-password": post(withChange(change)),
  "/set-password": post(withProtectedChange(set)),
  "/delete-user": post(withChange(deleteUser)),
};

/** Changes the profile. */
async function updateUser(request: Request, user: SignedInUser): Promise<Response> {
  const changes = updateUserInput.parse(await readJson(request));
  await updateProfile(user.id, changes);
  return Response.json({ status: true });
}

/** Changes the password and ends all other sessions. */
async function change(request: Request, user: SignedInUser): Promise<Response> {
  const input = await changePasswordInput.parseAsync(await readJson(request));
  assertNoContextWords("/newPassword", input.newPassword, user);
  const { currentPassword, newPassword } = input;
  const { hash } = await requireAccountPassword(request, user, "/currentPassword", currentPassword);
  await changePassword(user.id, user.sessionId, { newPassword, currentHash: hash });
  recordChange(user, "password changed");
  return changed(user);
}

/** Gives an account without a password one, and ends all other sessions. */
async function set(request: Request, user: SignedInUser): Promise<Response> {
  const { newPassword } = await setPasswordInput.parseAsync(await readJson(request));
  assertNoContextWords("/newPassword", newPassword, user);
  await setPassword(user.id, user.sessionId, newPassword);
  recordChange(user, "password set");
  return changed(user);
}

/** The browser that set a password is known as it was before. */
async function changed({ email }: { email: string }): Promise<Response> {
  return authResponse({ body: { status: true }, cookies: [await trustedDeviceCookie(email)] });
}

/** Deletes the account and all that belongs to it, for who knows its password or has just signed in. */
async function deleteUser(request: Request, user: SignedInUser): Promise<Response> {
  const { password } = deleteUserInput.parse(await readJson(request));
  await (password === undefined
    ? requireRecentSignIn(user.id, user.sessionId)
    : requireAccountPassword(request, user, "/password", password));
  await deleteAccount(user.id, user.sessionId);
  logAuthEvent("account deleted");
  return signedOut(request, { status: true });
}

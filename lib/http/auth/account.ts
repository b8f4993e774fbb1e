import "server-only";
import { z } from "zod";
import { deleteAccount } from "@/lib/account/account";
import { changePassword, setPassword } from "@/lib/account/password";
import { updateProfile } from "@/lib/account/profile";
import { isTimeZone, themes, timeFormats, weekStarts } from "@/lib/account/profile-values";
import { assertNoContextWords } from "@/lib/auth/password-rules";
import { requireRecentSignIn } from "@/lib/auth/recent-sign-in";
import { trustedDeviceCookie } from "@/lib/auth/trusted-devices";
import { logAuthEvent, recordChange } from "@/lib/http/auth/auth-events";
import { anyPassword, name, newPassword } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse, signedOut } from "@/lib/http/auth/forward-auth";
import { requireAccountPassword } from "@/lib/http/auth/password-tries";
import { type SignedInUser, withChange, withProtectedChange } from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";

/** Parse the bodies with a new password with `parseAsync`. */
export const changePasswordInput = z.strictObject({
  currentPassword: anyPassword,
  newPassword,
  // The other sessions end in any case.
  revokeOtherSessions: z.literal(true).optional(),
});

export const setPasswordInput = z.strictObject({ newPassword });

/** Null leaves a preference to the browser. */
export const updateUserInput = z
  .strictObject({
    name: name.optional(),
    timeZone: z
      .string("must be the name of a time zone")
      .refine(isTimeZone, "is not a time zone that is known here")
      .nullish(),
    weekStart: z.enum(weekStarts, "must be monday, saturday or sunday").nullish(),
    timeFormat: z.enum(timeFormats, 'must be "12" or "24"').nullish(),
    theme: z.enum(themes, "must be light, dark or system").nullish(),
    singleKeys: z.boolean("must be true or false").optional(),
  })
  .refine((changes) => Object.keys(changes).length > 0, {
    error: "must change something",
    when: ({ issues }) => issues.length === 0,
  });

export const deleteUserInput = z.strictObject({ password: anyPassword.optional() });

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

/** The browser that set the password stays a trusted device. */
async function changed({ email }: { email: string }): Promise<Response> {
  return authResponse({ body: { status: true }, cookies: [await trustedDeviceCookie(email)] });
}

/**
 * Deletes the account and all its data, if the password is given or the person has just signed in.
 */
async function deleteUser(request: Request, user: SignedInUser): Promise<Response> {
  const { password } = deleteUserInput.parse(await readJson(request));
  await (password === undefined
    ? requireRecentSignIn(user.id, user.sessionId)
    : requireAccountPassword(request, user, "/password", password));
  await deleteAccount(user.id, user.sessionId);
  logAuthEvent("account deleted");
  return signedOut(request, { status: true });
}

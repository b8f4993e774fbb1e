import "server-only";
import { AppError } from "@/lib/errors";
import { changePasswordInput, deleteUserInput, updateUserInput } from "@/lib/http/auth/auth-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse, forwardAuth, isWrongPassword } from "@/lib/http/auth/forward-auth";
import { refuseOwnWords } from "@/lib/http/auth/refuse-own-words";
import { signedInUser } from "@/lib/http/auth/signed-in-user";
import { accountTries, tryPassword } from "@/lib/http/auth/try-password";
import { readJson } from "@/lib/http/read-json";

export const accountEndpoints: Endpoints = {
  "/change-password": post(changePassword),
  "/update-user": post(updateUser),
  "/delete-user": post(deleteUser),
};

/** Changes the display name. */
async function updateUser(request: Request): Promise<Response> {
  await signedInUser(request);
  const changes = updateUserInput.parse(await readJson(request));
  return authResponse(await forwardAuth(request, changes));
}

/** Changes the password and ends all other sessions. */
async function changePassword(request: Request): Promise<Response> {
  const user = await signedInUser(request);
  const input = await changePasswordInput.parseAsync(await readJson(request));
  refuseOwnWords("/newPassword", input.newPassword, user);
  const answer = await checkPassword(user, "/currentPassword", () =>
    forwardAuth(request, { ...input, revokeOtherSessions: true }, input.newPassword),
  );
  logAuthEvent("password changed");
  return authResponse(answer);
}

/** Deletes the account and all that belongs to it. */
async function deleteUser(request: Request): Promise<Response> {
  const user = await signedInUser(request);
  const input = await deleteUserInput.parseAsync(await readJson(request));
  const answer = await checkPassword(user, "/password", () => forwardAuth(request, input));
  logAuthEvent("account deleted");
  return authResponse(answer);
}

async function checkPassword<Result>(
  user: { email: string },
  pointer: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await tryPassword(accountTries(user.email), work);
  } catch (error) {
    logAuthEvent("password refused");
    throw isWrongPassword(error) ? wrongMember(pointer) : error;
  }
}

function wrongMember(pointer: string): AppError {
  return new AppError("invalid_input", "Some members are not valid. See errors.", {
    errors: [{ pointer, detail: "is not the account's password" }],
  });
}

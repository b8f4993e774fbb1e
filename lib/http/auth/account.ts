import "server-only";
import { decodeJwt } from "jose";
import { z } from "zod";
import { keySetAgeSecondsMax } from "@/lib/auth/keys";
import { limitTokens } from "@/lib/auth/limits";
import { findSession } from "@/lib/auth/server";
import { AppError } from "@/lib/errors";
import {
  changePasswordInput,
  deleteUserInput,
  emptyInput,
  updateUserInput,
} from "@/lib/http/auth/auth-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { authResponse, forwardAuth, isWrongPassword } from "@/lib/http/auth/forward-auth";
import { refuseOwnWords } from "@/lib/http/auth/sign-in";
import { accountTries, tryPassword } from "@/lib/http/auth/try-password";
import { readJson, readOptionalJson } from "@/lib/http/read-json";
import { requestContext } from "@/lib/http/request-context";

const tokenBody = z.object({ token: z.string() });
const tokenClaims = z.object({ sub: z.string(), sid: z.string() });

/** Answers as Better Auth does, without session tokens. */
export async function passOn(request: Request): Promise<Response> {
  return authResponse(await forwardAuth(request));
}

/** A JWT for the session of the cookie. */
export async function issueToken(request: Request): Promise<Response> {
  const answer = await forwardAuth(request);
  const { sub, sid } = tokenClaims.parse(decodeJwt(tokenBody.parse(answer.body).token));
  requestContext().userId = sub;
  await limitTokens(sid);
  return authResponse(answer);
}

/** The published keys as a JWK set (RFC 7517), for anybody, to be kept a while. */
export async function publishKeys(request: Request): Promise<Response> {
  const response = await passOn(request);
  response.headers.set("Cache-Control", `public, max-age=${keySetAgeSecondsMax}`);
  return response;
}

/** Changes the display name. */
export async function updateUser(request: Request): Promise<Response> {
  await signedInUser(request);
  const changes = updateUserInput.parse(await readJson(request));
  return authResponse(await forwardAuth(request, changes));
}

/** Changes the password and ends all other sessions. */
export async function changePassword(request: Request): Promise<Response> {
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
export async function deleteUser(request: Request): Promise<Response> {
  const user = await signedInUser(request);
  const input = await deleteUserInput.parseAsync(await readJson(request));
  const answer = await checkPassword(user, "/password", () => forwardAuth(request, input));
  logAuthEvent("account deleted");
  return authResponse(answer);
}

/** Ends sessions of the user: all of them, or all but this one, as the path says. */
export async function revokeSessions(request: Request): Promise<Response> {
  await signedInUser(request);
  emptyInput.parse(await readOptionalJson(request));
  const answer = await forwardAuth(request);
  logAuthEvent("sessions revoked");
  return authResponse(answer);
}

async function signedInUser(request: Request) {
  const session = await findSession(request.headers);
  if (!session) {
    throw new AppError("unauthenticated", "Sign in first.");
  }
  requestContext().userId = session.user.id;
  return session.user;
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

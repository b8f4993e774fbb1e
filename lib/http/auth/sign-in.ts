import "server-only";
import { z } from "zod";
import { knownBrowserCookie, knownBrowserOf } from "@/lib/auth/known-browser";
import {
  isAddressTaken,
  limitSignIns,
  limitSignUps,
  networkOf,
  purgeEnded,
} from "@/lib/auth/limits";
import { isMadeOfOwnWords } from "@/lib/auth/password-rules";
import { findSession } from "@/lib/auth/server";
import { AppError } from "@/lib/errors";
import { emptyInput, nameFrom, signInInput, signUpInput } from "@/lib/http/auth/auth-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { authResponse, forwardAuth } from "@/lib/http/auth/forward-auth";
import { accountTries, browserTries, tryPassword } from "@/lib/http/auth/try-password";
import { readJson, readOptionalJson } from "@/lib/http/read-json";
import { log } from "@/lib/log";

const signedInBody = z.object({ user: z.looseObject({ id: z.string() }) });

/** Makes an account and signs in. What `onUserCreated` does is done before the answer. */
export async function signUp(
  request: Request,
  onUserCreated: (userId: string) => Promise<void>,
): Promise<Response> {
  const network = networkOf(request.headers);
  await limitSignUps(network);
  const { name, ...account } = await signUpInput.parseAsync(await readJson(request));
  const user = { ...account, name: name ?? nameFrom(account.email) };
  refuseOwnWords("/password", user.password, user);
  if (await isAddressTaken(network, user.email)) {
    throw new AppError("conflict", "An account with this address exists already.");
  }
  const { body, cookies } = await forwardAuth(request, user, user.password);
  const userId = signedInBody.parse(body).user.id;
  logAuthEvent("signed up", userId);
  await onUserCreated(userId).catch((error) => {
    log.error({ userId, error }, "the new account has no first tasks");
  });
  return authResponse({ body, cookies: [...cookies, knownBrowserCookie(user.email)] });
}

/**
 * Signs in. Nothing in status, body, headers or time tells whether the address has an account: tries
 * are counted and a password is hashed for unknown ones too.
 */
export async function signIn(request: Request): Promise<Response> {
  await limitSignIns(networkOf(request.headers));
  const credentials = await signInInput.parseAsync(await readJson(request));
  const { email } = credentials;
  const browserId = knownBrowserOf(request.headers, email);
  const tries = browserId === null ? accountTries(email) : browserTries(email, browserId);
  const answer = await tryPassword(tries, () => forwardAuth(request, credentials)).catch(
    (error) => {
      const isRefused = error instanceof AppError && error.code === "rate_limited";
      logAuthEvent(isRefused ? "sign-in refused" : "sign-in failed");
      throw error;
    },
  );
  const body = signedInBody.parse(answer.body);
  logAuthEvent("signed in", body.user.id);
  purgeEnded().catch((error) => log.warn({ error }, "ended sessions and counters are still there"));
  return authResponse({ body, cookies: [...answer.cookies, knownBrowserCookie(email)] });
}

/** Ends the session. It succeeds without one, too. */
export async function signOut(request: Request): Promise<Response> {
  emptyInput.parse(await readOptionalJson(request));
  const session = await findSession(request.headers);
  const answer = await forwardAuth(request);
  logAuthEvent("signed out", session?.user.id);
  return authResponse(answer);
}

/** @throws AppError `invalid_input` for a password made of the person's or the site's own words */
export function refuseOwnWords(
  pointer: string,
  password: string,
  person: { email: string; name: string },
): void {
  if (isMadeOfOwnWords(password, person)) {
    throw new AppError("invalid_input", "Some members are not valid. See errors.", {
      errors: [{ pointer, detail: "is too close to your name, your address or the site's name" }],
    });
  }
}

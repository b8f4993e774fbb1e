import "server-only";
import { z } from "zod";
import { knownBrowserCookie, knownBrowserOf } from "@/lib/auth/known-browser";
import { limitRequests, networkOf, purgeEnded } from "@/lib/auth/limits";
import { AppError } from "@/lib/errors";
import { signInInput } from "@/lib/http/auth/auth-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse, forwardAuth } from "@/lib/http/auth/forward-auth";
import { accountTries, browserTries, tryPassword } from "@/lib/http/auth/try-password";
import { readJson } from "@/lib/http/read-json";
import { log } from "@/lib/log";

const signedInBody = z.object({ user: z.looseObject({ id: z.string() }) });

export const signInEndpoints: Endpoints = { "/sign-in/email": post(signIn) };

/**
 * Signs in. Nothing in status, body, headers or time tells whether the address has an account: tries
 * are counted and a password is hashed for unknown ones too.
 */
async function signIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
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

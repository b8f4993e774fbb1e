import "server-only";
import { z } from "zod";
import { tellOfNewDevice } from "@/lib/account/notices";
import { getProfile } from "@/lib/account/profile";
import { type OauthCallback, oauthRefusals, withOauthCallback } from "@/lib/auth/oauth-callback";
import { purgeEnded } from "@/lib/auth/purge-ended";
import { limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { callAuth, findSession } from "@/lib/auth/server";
import { trustedDeviceCookie, trustedDeviceId } from "@/lib/auth/trusted-devices";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logAuthEvent, recordChange } from "@/lib/http/auth/auth-events";
import { ownRequest, withCookies } from "@/lib/http/auth/forward-auth";
import { addOnboardingTasks, type CreateOnboardingTasks } from "@/lib/http/auth/sign-up";
import { readQuery } from "@/lib/http/read-query";
import { requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/log";
import type { ProviderFailure } from "@/lib/operations/sign-in-ways";

/** Where Better Auth redirects after a failure. We replace that redirect by one to a page. */
export const failurePath = "/api/auth/error";

const providerMillisecondsMax = 10_000;

const stateLengthMax = 128;
const codeLengthMax = 2_048;
const errorLengthMax = 100;

/**
 * The parameters of a provider's callback (RFC 6749, section 4.1.2; RFC 9207). Unknown ones are
 * ignored, as the standard demands, and are not forwarded.
 */
export const callbackQuery = z.object({
  state: printable(stateLengthMax).optional(),
  code: printable(codeLengthMax).optional(),
  error: printable(errorLengthMax).optional(),
  iss: printable(errorLengthMax).optional(),
});

const failures = new Map<string, ProviderFailure>([
  ["access_denied", "cancelled"],
  ["state_mismatch", "expired"],
  ["state_not_found", "expired"],
  ["email_not_found", "provider_address_not_confirmed"],
  [oauthRefusals.unconfirmedThere, "provider_address_not_confirmed"],
  [oauthRefusals.unconfirmedHere, "own_address_not_confirmed"],
  [oauthRefusals.signedOut, "signed_out"],
  [oauthRefusals.twoStepIsOn, "account_exists"],
  // Unconfirmed addresses were refused before this, so here the session has ended.
  ["unable_to_link_account", "signed_out"],
  ["account_not_linked", "account_exists"],
  ["account_already_linked_to_different_user", "linked_elsewhere"],
  ["signup_disabled", "sign_ups_closed"],
]);

type Outcome =
  | { path: string; cookies: string[] }
  | { failure: ProviderFailure; cookies: string[] };

/**
 * Answers a provider's callback: signs the person in, or links the provider to the account they are
 * signed in to. It always redirects to a page of ours, with one of our own codes for a failure.
 */
export async function answerProvider(
  request: Request,
  createOnboardingTasks: CreateOnboardingTasks,
): Promise<Response> {
  const { state, code, error, iss } = readQuery(request, callbackQuery);
  const query = Object.entries({ state, code, error, iss }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const callback: OauthCallback = { currentSession: null };
  const outcome = await attempt(request, Object.fromEntries(query), callback);
  if ("failure" in outcome) {
    logAuthEvent("provider refused", callback.currentSession?.userId);
    const isSignedIn = callback.currentSession !== null && outcome.failure !== "signed_out";
    const page = isSignedIn ? "/settings/security" : "/sign-in";
    return redirect(`${page}?error=${outcome.failure}`, outcome.cookies);
  }
  return redirect(outcome.path, [
    ...outcome.cookies,
    ...(await follow(request, callback, createOnboardingTasks)),
  ]);
}

/** Returns every failure and throws none, because a browser cannot show a problem document. */
async function attempt(
  request: Request,
  query: Record<string, string>,
  callback: OauthCallback,
): Promise<Outcome> {
  try {
    const session = await findSession(request.headers);
    callback.currentSession = session && { userId: session.user.id, sessionId: session.id };
    await limitRequests("signIn", networkOf(request.headers));
    const response = await withinSeconds(() =>
      withOauthCallback(callback, () => callAuth(ownRequest(request, undefined, query))),
    );
    return callback.isSignedOut ? { failure: "signed_out", cookies: [] } : read(response);
  } catch (error) {
    callback.isAbandoned = true;
    if (error instanceof AppError && error.code !== "internal") {
      return {
        failure: error.code === "rate_limited" ? "rate_limited" : "unavailable",
        cookies: [],
      };
    }
    log.error({ requestId: requestContext().requestId, error }, "a provider's answer failed");
    return { failure: "provider_failed", cookies: [] };
  }
}

function read(response: Response): Outcome {
  const cookies = response.headers.getSetCookie();
  const url = new URL(response.headers.get("location") ?? failurePath, env.baseUrl);
  const isThisSite = url.origin === new URL(env.baseUrl).origin && response.status === 302;
  if (!isThisSite || url.pathname === failurePath) {
    return { failure: explainProviderFailure(url.searchParams.get("error")), cookies };
  }
  return { path: `${url.pathname}${url.search}${url.hash}`, cookies };
}

/** Does what follows a success. An error here is only logged: the success is stored already. */
async function follow(
  request: Request,
  callback: OauthCallback,
  createOnboardingTasks: CreateOnboardingTasks,
): Promise<string[]> {
  try {
    return await tellOf(request, callback, createOnboardingTasks);
  } catch (error) {
    log.error({ requestId: requestContext().requestId, error }, "nobody was told of a sign-in");
    return [];
  }
}

async function tellOf(
  request: Request,
  callback: OauthCallback,
  createOnboardingTasks: CreateOnboardingTasks,
): Promise<string[]> {
  const userId = callback.signedInUserId ?? callback.currentSession?.userId;
  if (userId === undefined) {
    return [];
  }
  const user = await getProfile(userId);
  if (callback.newUserId !== undefined) {
    logAuthEvent("signed up", callback.newUserId);
    if (callback.wantsOnboardingTasks) {
      await addOnboardingTasks(callback.newUserId, createOnboardingTasks);
    }
  } else if (callback.isLinkNew) {
    recordChange({ ...user, id: userId }, "provider linked");
  }
  if (callback.signedInUserId === undefined) {
    return [];
  }
  logAuthEvent("signed in", userId);
  if (
    callback.newUserId === undefined &&
    (await trustedDeviceId(request.headers, user.email)) === null
  ) {
    tellOfNewDevice(user, request.headers);
  }
  purgeEnded();
  return [await trustedDeviceCookie(user.email)];
}

async function withinSeconds<Result>(work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("The provider did not answer in time.")),
      providerMillisecondsMax,
    );
  });
  try {
    return await Promise.race([work(), deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function redirect(path: string, cookies: string[]): Response {
  const headers = { Location: `${env.baseUrl}${path}` };
  return withCookies(new Response(null, { status: 302, headers }), cookies);
}

/** Our code for one of Better Auth or of the provider; "provider_failed" for an unknown one. */
function explainProviderFailure(code: string | null): ProviderFailure {
  return failures.get(code ?? "") ?? "provider_failed";
}

function printable(lengthMax: number) {
  return z.string().regex(new RegExp(`^[!-~]{1,${lengthMax}}$`), "is not what a provider sends");
}

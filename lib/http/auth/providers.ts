import "server-only";
import { z } from "zod";
import { unlinkProvider } from "@/lib/account/sign-in-methods";
import { features } from "@/lib/auth/features";
import { oauthStateData } from "@/lib/auth/oauth-callback";
import { limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { env } from "@/lib/env";
import { recordChange } from "@/lib/http/auth/auth-events";
import { wantsOnboardingTasks } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, getWithQuery, post } from "@/lib/http/auth/endpoint";
import { authResponse, forwardAuth } from "@/lib/http/auth/forward-auth";
import { answerProvider, failurePath } from "@/lib/http/auth/oauth-callback";
import type { CreateOnboardingTasks } from "@/lib/http/auth/sign-up";
import { type SignedInUser, withProtectedChange } from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";
import { allProviders, type Provider } from "@/lib/operations/sign-in-ways";
import { isSitePath } from "@/lib/operations/site-path";

const pathLengthMax = 2_000;

const mustBeKnown = `must be ${allProviders.join(" or ")}`;

const provider = z
  .enum(allProviders, mustBeKnown)
  .refine((id) => features.providers.includes(id), "is not offered on this site");

/** The body that begins a link to a provider. */
export const providerInput = z.strictObject({
  provider,
  callbackURL: z
    .string("must be a path of this site")
    .max(pathLengthMax, `must have at most ${pathLengthMax} characters`)
    .refine(isSitePath, "must be a path of this site")
    .optional(),
});

/** The body that begins a sign-in with a provider. */
export const providerSignInInput = providerInput.extend({ onboardingTasks: wantsOnboardingTasks });

/** The body that unlinks a provider, which may be one that this site does not offer any more. */
export const unlinkInput = z.strictObject({
  providerId: z.enum(allProviders, mustBeKnown),
});

/** The routes for signing in with GitHub and Google. */
export function providerEndpoints(createOnboardingTasks: CreateOnboardingTasks): Endpoints {
  const callback = getWithQuery((request) => answerProvider(request, createOnboardingTasks));
  return {
    "/sign-in/social": post(signIn),
    "/callback/github": callback,
    "/callback/google": callback,
    "/link-social": post(withProtectedChange(link)),
    "/unlink-account": post(withProtectedChange(unlink)),
  };
}

/** Begins a sign-in: the answer names the address to open. */
async function signIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const input = providerSignInInput.parse(await readJson(request));
  return begin(request, input.provider, input.callbackURL ?? "/tasks", oauthStateData(input));
}

/** Begins to link a provider to the account of the signed-in person. */
async function link(request: Request, _user: SignedInUser): Promise<Response> {
  const input = providerInput.parse(await readJson(request));
  return begin(request, input.provider, input.callbackURL ?? "/settings/security");
}

/** Sends complete addresses of this site, so that Better Auth has only our origin to check. */
async function begin(
  request: Request,
  provider: Provider,
  callbackURL: string,
  kept = {},
): Promise<Response> {
  const answer = await forwardAuth(request, {
    ...kept,
    provider,
    callbackURL: addressWithoutToken(callbackURL),
    errorCallbackURL: `${env.baseUrl}${failurePath}`,
  });
  return authResponse(answer);
}

/** The address is stored until the browser comes back, and a mailed token must not be stored. */
function addressWithoutToken(path: string): string {
  const url = new URL(path, env.baseUrl);
  url.searchParams.delete("token");
  return url.href;
}

/** Unlinks a provider from the account. */
async function unlink(request: Request, user: SignedInUser): Promise<Response> {
  const { providerId } = unlinkInput.parse(await readJson(request));
  await unlinkProvider(user.id, user.sessionId, providerId);
  recordChange(user, "provider unlinked");
  return Response.json({ status: true });
}

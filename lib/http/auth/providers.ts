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
import { allProviders, type Provider } from "@/lib/provider-names";
import { isSitePath } from "@/lib/site-path";

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

/** The body that ends a link. A provider that this site offers no longer can be left as well. */
export const unlinkInput = z.strictObject({
  providerId: z.enum(allProviders, mustBeKnown),
});

/** The routes that lead to GitHub and Google and back. */
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

/** Begins a sign-in: the answer says where the browser goes. */
async function signIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const input = providerSignInInput.parse(await readJson(request));
  return lead(request, input.provider, input.callbackURL ?? "/tasks", oauthStateData(input));
}

/** Begins a link to the account of who is signed in. */
async function link(request: Request, _user: SignedInUser): Promise<Response> {
  const input = providerInput.parse(await readJson(request));
  return lead(request, input.provider, input.callbackURL ?? "/settings/security");
}

/** Whole addresses of ours, so that nothing but our origin is left to be judged. */
async function lead(
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

/** It is stored until the browser comes back, and of the token of a mail nothing but a hash is. */
function addressWithoutToken(path: string): string {
  const url = new URL(path, env.baseUrl);
  url.searchParams.delete("token");
  return url.href;
}

/** Ends a way in. */
async function unlink(request: Request, user: SignedInUser): Promise<Response> {
  const { providerId } = unlinkInput.parse(await readJson(request));
  await unlinkProvider(user.id, user.sessionId, providerId);
  recordChange(user, "provider unlinked");
  return Response.json({ status: true });
}

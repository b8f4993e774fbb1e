import "server-only";
import { z } from "zod";
import { knownBrowserCookie } from "@/lib/auth/known-browser";
import { isAddressTaken, limitRequests, networkOf } from "@/lib/auth/limits";
import { AppError } from "@/lib/errors";
import { nameFrom, signUpInput } from "@/lib/http/auth/auth-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse, forwardAuth } from "@/lib/http/auth/forward-auth";
import { refuseOwnWords } from "@/lib/http/auth/refuse-own-words";
import { readJson } from "@/lib/http/read-json";
import { log } from "@/lib/log";

export type OnUserCreated = (userId: string) => Promise<void>;

const signedUpBody = z.object({ user: z.looseObject({ id: z.string() }) });

/** The route that makes accounts. */
export function signUpEndpoints(onUserCreated: OnUserCreated): Endpoints {
  return { "/sign-up/email": post((request) => signUp(request, onUserCreated)) };
}

/** Makes an account and signs in. What `onUserCreated` does is done before the answer. */
async function signUp(
  request: Request,
  onUserCreated: (userId: string) => Promise<void>,
): Promise<Response> {
  const network = networkOf(request.headers);
  await limitRequests("signUp", network);
  const { name, ...account } = await signUpInput.parseAsync(await readJson(request));
  const user = { ...account, name: name ?? nameFrom(account.email) };
  refuseOwnWords("/password", user.password, user);
  if (await isAddressTaken(network, user.email)) {
    throw new AppError("conflict", "An account with this address exists already.");
  }
  const { body, cookies } = await forwardAuth(request, user, user.password);
  const userId = signedUpBody.parse(body).user.id;
  logAuthEvent("signed up", userId);
  await onUserCreated(userId).catch((error) => {
    log.error({ userId, error }, "the new account has no first tasks");
  });
  return authResponse({ body, cookies: [...cookies, knownBrowserCookie(user.email)] });
}

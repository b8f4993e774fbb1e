import "server-only";
import { waitUntil } from "@vercel/functions";
import { createAccount } from "@/lib/account/create-account";
import { sendVerification } from "@/lib/account/send-verification";
import { tellOfExistingAccount } from "@/lib/account/tell-of-existing-account";
import { networkOf } from "@/lib/auth/client-ip";
import { features } from "@/lib/auth/features";
import { knownBrowserCookie } from "@/lib/auth/known-browser";
import { limitRequests } from "@/lib/auth/limits";
import { lookUpAddress } from "@/lib/auth/look-up-address";
import { startSession } from "@/lib/auth/server";
import { AppError } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse } from "@/lib/http/auth/forward-auth";
import { refuseOwnWords } from "@/lib/http/auth/refuse-own-words";
import { nameFrom, signUpInput } from "@/lib/http/auth/sign-in-inputs";
import { readJson } from "@/lib/http/read-json";
import { log } from "@/lib/log";

export type OnUserCreated = (userId: string) => Promise<void>;

type NewUser = { email: string; password: string; name: string; rememberMe?: boolean | undefined };

/** The route that makes accounts. */
export function signUpEndpoints(onUserCreated: OnUserCreated): Endpoints {
  return { "/sign-up/email": post((request) => signUp(request, onUserCreated)) };
}

/** Makes an account, and signs in unless the address has to be confirmed first. */
async function signUp(request: Request, onUserCreated: OnUserCreated): Promise<Response> {
  const network = networkOf(request.headers);
  await limitRequests("signUp", network);
  if (!features.signUps) {
    throw new AppError("sign_ups_closed", "This site takes no new accounts.");
  }
  const { name, ...account } = await signUpInput.parseAsync(await readJson(request));
  const user = { ...account, name: name ?? nameFrom(account.email) };
  refuseOwnWords("/password", user.password, user);
  return features.verifiedEmail
    ? signUpUnconfirmed(user, onUserCreated)
    : signUpAndIn(request, network, user, onUserCreated);
}

/** Lets people in at once, and so has to say that an address is taken. */
async function signUpAndIn(
  request: Request,
  network: string,
  user: NewUser,
  onUserCreated: OnUserCreated,
): Promise<Response> {
  if (await lookUpAddress(network, user.email)) {
    throw addressTaken();
  }
  const made = await createAccount(user);
  if (!made) {
    throw addressTaken();
  }
  sendVerification(made);
  const session = await startSession(request.headers, made.id, user.rememberMe);
  const known = await knownBrowserCookie(made.email);
  // Last, because it may use up the time that the database has, and its failure fails nothing.
  await welcome(made.id, onUserCreated);
  return authResponse({ body: { user: made }, cookies: [...session, known] });
}

function addressTaken(): AppError {
  return new AppError("conflict", "An account with this address exists already.");
}

/**
 * Nothing in status, body, headers or time tells whether the address is taken: a mail does. What a
 * new account costs beyond that is done after the answer.
 */
async function signUpUnconfirmed(user: NewUser, onUserCreated: OnUserCreated): Promise<Response> {
  const made = await createAccount(user);
  if (made) {
    waitUntil(welcome(made.id, onUserCreated));
    sendVerification(made);
  } else {
    tellOfExistingAccount(user.email.toLowerCase());
  }
  return Response.json({ user: null, verificationRequired: true });
}

/** Writes down that there is a new account, and gives it what the tasks have for it. */
export async function welcome(userId: string, onUserCreated: OnUserCreated): Promise<void> {
  logAuthEvent("signed up", userId);
  await onUserCreated(userId).catch((error) => {
    log.error({ userId, error }, "the new account has no first tasks");
  });
}

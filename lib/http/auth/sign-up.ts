import "server-only";
import { waitUntil } from "@vercel/functions";
import { createAccount } from "@/lib/account/account";
import { sendVerification } from "@/lib/account/mail-links";
import { tellOfExistingAccount } from "@/lib/account/notices";
import { features } from "@/lib/auth/features";
import { assertNoContextWords } from "@/lib/auth/password-rules";
import { limitRequests, lookUpAddress } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { startSession } from "@/lib/auth/server";
import { trustedDeviceCookie } from "@/lib/auth/trusted-devices";
import { AppError } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { signUpInput } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse } from "@/lib/http/auth/forward-auth";
import { readJson } from "@/lib/http/read-json";
import { log } from "@/lib/log";
import { nameLengthMax } from "@/lib/operations/account-fields";

export type CreateOnboardingTasks = (userId: string) => Promise<void>;

type NewUser = {
  email: string;
  password: string;
  name: string;
  rememberMe?: boolean | undefined;
  onboardingTasks: boolean;
};

/** The route that makes accounts. */
export function signUpEndpoints(createOnboardingTasks: CreateOnboardingTasks): Endpoints {
  return { "/sign-up/email": post((request) => signUp(request, createOnboardingTasks)) };
}

/** Makes an account, and signs the person in unless the address has to be confirmed first. */
async function signUp(
  request: Request,
  createOnboardingTasks: CreateOnboardingTasks,
): Promise<Response> {
  const network = networkOf(request.headers);
  await limitRequests("signUp", network);
  if (!features.signUps) {
    throw new AppError("sign_ups_closed", "This site takes no new accounts.");
  }
  const { name, ...account } = await signUpInput.parseAsync(await readJson(request));
  const user = { ...account, name: name ?? nameFrom(account.email) };
  assertNoContextWords("/password", user.password, user);
  return features.verifiedEmail
    ? signUpUnconfirmed(user, createOnboardingTasks)
    : signUpAndIn(request, network, user, createOnboardingTasks);
}

/** Signs people in at once, and so has to reveal that an address is taken. */
async function signUpAndIn(
  request: Request,
  network: string,
  user: NewUser,
  createOnboardingTasks: CreateOnboardingTasks,
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
  const known = await trustedDeviceCookie(made.email);
  logAuthEvent("signed up", made.id);
  // Last, because it may use up the deadline for the database, and its failure is only logged.
  if (user.onboardingTasks) {
    await addOnboardingTasks(made.id, createOnboardingTasks);
  }
  return authResponse({ body: { user: made }, cookies: [...session, known] });
}

function addressTaken(): AppError {
  return new AppError("conflict", "An account with this address exists already.");
}

/**
 * Status, body, headers and time do not reveal whether the address is taken; only a mail does.
 * Whatever else a new account needs is done after the answer.
 */
async function signUpUnconfirmed(
  user: NewUser,
  createOnboardingTasks: CreateOnboardingTasks,
): Promise<Response> {
  const made = await createAccount(user);
  if (made) {
    logAuthEvent("signed up", made.id);
    if (user.onboardingTasks) {
      waitUntil(addOnboardingTasks(made.id, createOnboardingTasks));
    }
    sendVerification(made);
  } else {
    tellOfExistingAccount(user.email.toLowerCase());
  }
  return Response.json({ user: null, verificationRequired: true });
}

/**
 * Creates the onboarding tasks of a new account. A failure is only logged, because the account
 * exists.
 */
export async function addOnboardingTasks(
  userId: string,
  createOnboardingTasks: CreateOnboardingTasks,
): Promise<void> {
  await createOnboardingTasks(userId).catch((error) => {
    log.error({ userId, error }, "the new account has no onboarding tasks");
  });
}

/** The display name of a person who gave none: the address before its "@". */
function nameFrom(address: string): string {
  const [mailbox = ""] = address.split("@");
  return Array.from(mailbox).slice(0, nameLengthMax).join("");
}

import "server-only";
import { findSecondSteps } from "@/lib/account/find-second-steps";
import type { AccountUser } from "@/lib/auth/account-user";
import { checkPassword } from "@/lib/auth/check-password";
import { limitRequests, networkOf } from "@/lib/auth/limits";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { requireVerifiedEmail } from "@/lib/auth/verified-email";
import { AppError } from "@/lib/errors";
import { requireAccountPassword } from "@/lib/http/auth/account-password";
import { signInInput } from "@/lib/http/auth/auth-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { completeSignIn } from "@/lib/http/auth/complete-sign-in";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { askSecondStep } from "@/lib/http/auth/second-step";
import { verifyPasswordInput } from "@/lib/http/auth/sign-in-inputs";
import { signedInUser } from "@/lib/http/auth/signed-in-user";
import { passwordTries, tryPassword } from "@/lib/http/auth/try-password";
import { wrongPasswordError } from "@/lib/http/auth/wrong-password";
import { readJson } from "@/lib/http/read-json";

export const signInEndpoints: Endpoints = {
  "/sign-in/email": post(signIn),
  "/verify-password": post(verifyPassword),
};

/**
 * Signs in, or asks for the second step. Nothing in status, body, headers or time tells whether the
 * address has an account: tries are counted and a password is hashed for unknown ones too.
 */
async function signIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { email, password, rememberMe = true } = signInInput.parse(await readJson(request));
  const tries = passwordTries(request.headers, email);
  const user = await tryPassword(tries, () => userOf(email, password)).catch((error) => {
    const isRefused = error instanceof AppError && error.code === "rate_limited";
    logAuthEvent(isRefused ? "sign-in refused" : "sign-in failed");
    throw error;
  });
  requireVerifiedEmail(user);
  const steps = await findSecondSteps(user.id);
  return steps
    ? askSecondStep(user.id, steps, rememberMe)
    : completeSignIn(request, user, rememberMe);
}

async function userOf(email: string, password: string): Promise<AccountUser> {
  const user = await checkPassword(email, password);
  if (!user) {
    throw wrongPasswordError(
      "unauthenticated",
      "This address and password do not belong to an account.",
    );
  }
  return user;
}

/** Proves by the password that it is still the person of the session. */
async function verifyPassword(request: Request): Promise<Response> {
  const user = await signedInUser(request);
  const { password } = verifyPasswordInput.parse(await readJson(request));
  await requireAccountPassword(request, user, "/password", password);
  await noteRecentSignIn(user.id, user.sessionId);
  logAuthEvent("identity confirmed");
  return Response.json({ status: true });
}

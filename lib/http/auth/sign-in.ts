import "server-only";
import { findSecondSteps } from "@/lib/account/find-second-steps";
import { checkPassword, type PasswordProof } from "@/lib/auth/check-password";
import { networkOf } from "@/lib/auth/client-address";
import { limitRequests } from "@/lib/auth/limits";
import { isPasswordHash } from "@/lib/auth/password-hash";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { requireVerifiedEmail } from "@/lib/auth/verified-email";
import { AppError } from "@/lib/errors";
import { requireAccountPassword } from "@/lib/http/auth/account-password";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { completeSignIn } from "@/lib/http/auth/complete-sign-in";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { askSecondStep } from "@/lib/http/auth/second-step";
import { signInInput, verifyPasswordInput } from "@/lib/http/auth/sign-in-inputs";
import { signedInUser } from "@/lib/http/auth/signed-in-user";
import { passwordTries, tryPassword } from "@/lib/http/auth/try-password";
import { wrongPassword } from "@/lib/http/auth/wrong-password";
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
  const { user, hash } = await tryPassword(tries, () => prove(email, password)).catch((error) => {
    const isRefused = error instanceof AppError && error.code === "rate_limited";
    logAuthEvent(isRefused ? "sign-in refused" : "sign-in failed");
    throw error;
  });
  requireVerifiedEmail(user);
  const steps = await findSecondSteps(user.id);
  if (!steps) {
    return completeSignIn(request, user, rememberMe, hash);
  }
  const answer = await askSecondStep(user.id, steps, rememberMe);
  if (!(await isPasswordHash(user.id, hash))) {
    throw notTheirs();
  }
  return answer;
}

async function prove(email: string, password: string): Promise<PasswordProof> {
  const proof = await checkPassword(email, password);
  if (!proof) {
    throw notTheirs();
  }
  return proof;
}

function notTheirs(): AppError {
  return new AppError("unauthenticated", "This address and password do not belong to an account.", {
    cause: wrongPassword,
  });
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

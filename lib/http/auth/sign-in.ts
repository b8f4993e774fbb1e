import "server-only";
import { findSecondSteps } from "@/lib/account/second-step";
import { networkOf } from "@/lib/auth/client-ip";
import {
  isCurrentPasswordHash,
  type PasswordProof,
  verifyCredentials,
} from "@/lib/auth/credentials";
import { features } from "@/lib/auth/features";
import { limitRequests } from "@/lib/auth/rate-limits";
import { isEmailAccepted } from "@/lib/auth/verified-email";
import { AppError } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { completeSignIn } from "@/lib/http/auth/complete-sign-in";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { askSecondStep } from "@/lib/http/auth/second-step";
import { signInInput } from "@/lib/http/auth/sign-in-inputs";
import { passwordTries, tryPassword } from "@/lib/http/auth/try-password";
import { verifyPassword } from "@/lib/http/auth/verify-password";
import { withChange } from "@/lib/http/auth/with-user";
import { wrongPassword } from "@/lib/http/auth/wrong-password";
import { readJson } from "@/lib/http/read-json";

export const signInEndpoints: Endpoints = {
  "/sign-in/email": post(signIn),
  "/verify-password": post(withChange(verifyPassword)),
};

/**
 * Signs in, or asks for the second step. Nothing in status, body, headers or time tells whether the
 * address has an account: tries are counted and a password is hashed for unknown ones too. Where
 * addresses have to be confirmed, an account without that is answered as none, because anybody can
 * give a free address a password by signing up with it.
 */
async function signIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { email, password, rememberMe = true } = signInInput.parse(await readJson(request));
  const tries = await passwordTries(request.headers, email);
  const { user, hash } = await tryPassword(tries, () => prove(email, password)).catch((error) => {
    const isRefused = error instanceof AppError && error.code === "rate_limited";
    logAuthEvent(isRefused ? "sign-in refused" : "sign-in failed");
    throw error;
  });
  const steps = await findSecondSteps(user.id);
  if (!steps) {
    return completeSignIn(request, user, rememberMe, { kind: "password", hash });
  }
  const answer = await askSecondStep(user.id, steps, rememberMe);
  if (!(await isCurrentPasswordHash(user.id, hash))) {
    throw notTheirs();
  }
  return answer;
}

async function prove(email: string, password: string): Promise<PasswordProof> {
  const proof = await verifyCredentials(email, password);
  if (!proof || !isEmailAccepted(proof.user)) {
    throw notTheirs();
  }
  return proof;
}

function notTheirs(): AppError {
  const detail = features.verifiedEmail
    ? "This address and password do not belong to an account, or the address is not confirmed yet."
    : "This address and password do not belong to an account. Check both and try again.";
  return new AppError("unauthenticated", detail, { cause: wrongPassword });
}

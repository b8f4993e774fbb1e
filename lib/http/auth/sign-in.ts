import "server-only";
import { findSecondSteps } from "@/lib/account/second-step";
import {
  isCurrentPasswordHash,
  type PasswordProof,
  verifyCredentials,
} from "@/lib/auth/credentials";
import { features, isEmailAccepted } from "@/lib/auth/features";
import { limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { AppError } from "@/lib/errors";
import { signInInput } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import {
  logFailedTry,
  passwordTries,
  tryPassword,
  wrongPassword,
} from "@/lib/http/auth/password-tries";
import { askSecondStep, completeSignIn } from "@/lib/http/auth/second-step";
import { readJson } from "@/lib/http/read-json";

export const signInEndpoints: Endpoints = {
  "/sign-in/email": post(signIn),
};

/**
 * Signs in, or asks for the second step. Status, body, headers and time do not reveal whether the
 * address has an account: tries are counted and passwords hashed for unknown ones, too. If addresses
 * have to be confirmed, an unconfirmed account is treated as unknown, because anybody can set the
 * password of a free address by signing up with it.
 */
async function signIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { email, password, rememberMe = true } = signInInput.parse(await readJson(request));
  const tries = await passwordTries(request.headers, email);
  const { user, hash } = await tryPassword(tries, () => prove(email, password)).catch((error) =>
    logFailedTry(error, "sign-in refused", "sign-in failed"),
  );
  const steps = await findSecondSteps(user.id);
  if (!steps) {
    return completeSignIn(request, user, rememberMe, { kind: "password", hash });
  }
  const answer = await askSecondStep(user.id, steps, rememberMe);
  if (!(await isCurrentPasswordHash(user.id, hash))) {
    throw invalidCredentials();
  }
  return answer;
}

async function prove(email: string, password: string): Promise<PasswordProof> {
  const proof = await verifyCredentials(email, password);
  if (!proof || !isEmailAccepted(proof.user)) {
    throw invalidCredentials();
  }
  return proof;
}

function invalidCredentials(): AppError {
  const detail = features.verifiedEmail
    ? "This address and password do not belong to an account, or the address is not confirmed yet."
    : "This address and password do not belong to an account. Check both and try again.";
  return new AppError("unauthenticated", detail, { cause: wrongPassword });
}

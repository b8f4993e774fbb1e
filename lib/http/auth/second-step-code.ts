import "server-only";
import { passSecondStep, type SecondStepCode } from "@/lib/account/second-step";
import { networkOf } from "@/lib/auth/client-ip";
import { findAccountUser, findPasswordHash } from "@/lib/auth/credentials";
import { limitRequests } from "@/lib/auth/rate-limits";
import {
  findTwoStepStart,
  secondStepDeviceCookie,
  type TwoStepStart,
} from "@/lib/auth/trusted-devices";
import { AppError, invalidMembers, signInFirst } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { completeSignIn } from "@/lib/http/auth/complete-sign-in";
import { pendingSignIn, secondStepCookie } from "@/lib/http/auth/second-step";
import { codeTries, tryPassword } from "@/lib/http/auth/try-password";
import { appCodeInput, recoveryCodeInput } from "@/lib/http/auth/two-step-inputs";
import { wrongPassword } from "@/lib/http/auth/wrong-password";
import { readJson } from "@/lib/http/read-json";
import { requestContext } from "@/lib/http/request-context";

/** Takes the second step with a code of the authenticator app. */
export async function verifyAppCode(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { code } = appCodeInput.parse(await readJson(request));
  return takeSecondStep(request, { kind: "app-code", code });
}

/** Takes the second step with a recovery code, which is used up. */
export async function verifyRecoveryCode(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { code } = recoveryCodeInput.parse(await readJson(request));
  return takeSecondStep(request, { kind: "recovery-code", code });
}

async function takeSecondStep(request: Request, code: SecondStepCode): Promise<Response> {
  const { userId, challenge, rememberMe } = await pendingSignIn(request);
  requestContext().userId = userId;
  // Read before the challenge is used up: a change of password voids the challenge or is seen later.
  const hash = await findPasswordHash(userId);
  const start = await findTwoStepStart(userId);
  await tryCode(request, start, () => passSecondStep(userId, challenge, code));
  if (code.kind === "recovery-code") {
    logAuthEvent("recovery code used");
  }
  const user = await findAccountUser(userId);
  if (!user) {
    throw signInFirst();
  }
  const proof = hash === null ? null : ({ kind: "password", hash } as const);
  const response = await completeSignIn(request, user, rememberMe, proof);
  response.headers.append("Set-Cookie", secondStepCookie.clear);
  response.headers.append("Set-Cookie", secondStepDeviceCookie(start));
  return response;
}

/**
 * Does what checks a code of a person's second step. All ways of it share the ten wrong tries.
 *
 * @param check whatever is neither null nor false is what a right code gives
 * @param pointer the member of the body that holds the code
 * @throws AppError `invalid_input` at the pointer for a wrong code, `rate_limited`
 */
export async function tryCode<Result>(
  request: Request,
  start: TwoStepStart,
  check: () => Promise<Result | null | false>,
  pointer = "/code",
): Promise<Result> {
  const checkOrThrow = async () => {
    const result = await check();
    if (result === null || result === false) {
      throw invalidMembers(
        [{ pointer, detail: "is not right, or was used before" }],
        wrongPassword,
      );
    }
    return result;
  };
  return tryPassword(codeTries(request.headers, start), checkOrThrow).catch((error) => {
    const isRefused = error instanceof AppError && error.code === "rate_limited";
    logAuthEvent(isRefused ? "second step refused" : "second step failed");
    throw error;
  });
}

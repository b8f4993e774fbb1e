import "server-only";
import {
  confirmByCode,
  findSecondSteps,
  type SecondStep,
  type SecondStepCode,
} from "@/lib/account/second-step";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { findTwoStepStart, secondStepDeviceCookie } from "@/lib/auth/trusted-devices";
import { AppError, invalidMembers } from "@/lib/errors";
import { requireAccountPassword } from "@/lib/http/auth/account-password";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { tryCode } from "@/lib/http/auth/second-step-code";
import { type VerifyPasswordInput, verifyPasswordInput } from "@/lib/http/auth/sign-in-inputs";
import type { SignedInUser } from "@/lib/http/auth/signed-in-user";
import { readJson } from "@/lib/http/read-json";

const pointers = { "app-code": "/code", "recovery-code": "/recoveryCode" } as const;

/**
 * Proves that it is still the person of the session: by the password, and with two-step sign-in on
 * by a code as well, since an old session and the password are not more than the password.
 */
export async function verifyPassword(request: Request, user: SignedInUser): Promise<Response> {
  const input = verifyPasswordInput.parse(await readJson(request));
  const code = codeIn(input);
  await requireAccountPassword(request, user, "/password", input.password);
  const steps = await findSecondSteps(user.id);
  const answer = Response.json({ status: true });
  if (steps) {
    const mark = await passSecondStep(request, user, code ?? askForCode(steps));
    answer.headers.append("Set-Cookie", mark);
  } else {
    refuseCode(code);
    await noteRecentSignIn(user.id, user.sessionId);
  }
  logAuthEvent("identity confirmed");
  return answer;
}

function codeIn({ code, recoveryCode }: VerifyPasswordInput): SecondStepCode | null {
  if (code !== undefined) {
    return { kind: "app-code", code };
  }
  return recoveryCode === undefined ? null : { kind: "recovery-code", code: recoveryCode };
}

/** Gives the mark of a browser in which the second step was passed. */
async function passSecondStep(
  request: Request,
  user: SignedInUser,
  code: SecondStepCode,
): Promise<string> {
  const start = await findTwoStepStart(user.id);
  const check = () => confirmByCode(user.id, user.sessionId, code);
  await tryCode(request, start, check, pointers[code.kind]);
  if (code.kind === "recovery-code") {
    logAuthEvent("recovery code used");
  }
  return secondStepDeviceCookie(start);
}

/** A passkey is sent by signing in with it, which is a recent sign-in by itself. */
function askForCode(steps: SecondStep[]): never {
  logAuthEvent("second step asked");
  if (steps.includes("app-code")) {
    const detail = "is needed: the six digits that the app shows now";
    throw invalidMembers([{ pointer: pointers["app-code"], detail }]);
  }
  throw new AppError(
    "conflict",
    "The second step of this account is a passkey. Use it, or send a recovery code with the password.",
  );
}

function refuseCode(code: SecondStepCode | null): void {
  if (code) {
    const detail = "must be left out, as two-step sign-in is off";
    throw invalidMembers([{ pointer: pointers[code.kind], detail }]);
  }
}

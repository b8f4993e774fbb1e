import "server-only";
import { z } from "zod";
import {
  confirmByCode,
  findSecondSteps,
  type SecondStep,
  type SecondStepCode,
} from "@/lib/account/second-step";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { findTwoStepStart, secondStepDeviceCookie } from "@/lib/auth/trusted-devices";
import { AppError, invalidMembers } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { anyPassword, appCode, recoveryCode } from "@/lib/http/auth/auth-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { authResponse } from "@/lib/http/auth/forward-auth";
import { requireAccountPassword, tryCode } from "@/lib/http/auth/password-tries";
import { type SignedInUser, withChange } from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";

/** With two-step sign-in a code is needed as well: of the app, or a recovery code. */
export const confirmIdentityInput = z
  .strictObject({
    password: anyPassword,
    code: appCode.optional(),
    recoveryCode: recoveryCode.optional(),
  })
  .refine(({ code, recoveryCode }) => code === undefined || recoveryCode === undefined, {
    path: ["recoveryCode"],
    error: "must be left out where there is a code",
  });

type ConfirmIdentityInput = z.infer<typeof confirmIdentityInput>;

const pointers = { "app-code": "/code", "recovery-code": "/recoveryCode" } as const;

/** The route by which a signed-in person proves their identity again. */
export const identityEndpoints: Endpoints = {
  "/verify-password": post(withChange(confirmIdentity)),
};

/**
 * Proves the identity of a signed-in person: by the password, and with two-step sign-in by a code as
 * well, because an old session adds nothing to the password.
 */
async function confirmIdentity(request: Request, user: SignedInUser): Promise<Response> {
  const input = confirmIdentityInput.parse(await readJson(request));
  const code = codeIn(input);
  await requireAccountPassword(request, user, "/password", input.password);
  const steps = await findSecondSteps(user.id);
  const cookies: string[] = [];
  if (steps) {
    cookies.push(await passSecondStep(request, user, code ?? askForCode(steps)));
  } else {
    refuseCode(code);
    await noteRecentSignIn(user.id, user.sessionId);
  }
  logAuthEvent("identity confirmed");
  return authResponse({ body: { status: true }, cookies });
}

function codeIn({ code, recoveryCode }: ConfirmIdentityInput): SecondStepCode | null {
  if (code !== undefined) {
    return { kind: "app-code", code };
  }
  return recoveryCode === undefined ? null : { kind: "recovery-code", code: recoveryCode };
}

/** Checks the code, and returns the cookie of the trusted device. */
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

/** Signing in with a passkey is a recent sign-in by itself, so this route takes no passkey. */
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

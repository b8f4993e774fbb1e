import { Secret, TOTP } from "otpauth";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { cookieFor, type SignedIn } from "@/tests/support/users";

const stepMilliseconds = 30_000;
const enrolment = z.strictObject({ totpURI: z.string(), secret: z.string() });
const codes = z.strictObject({ backupCodes: z.array(z.string()) });

/** What an authenticator app was told. */
export function enrolmentIn({ body }: Answer): z.infer<typeof enrolment> {
  return enrolment.parse(body);
}

/** The recovery codes that an answer shows. */
export function recoveryCodesIn({ body }: Answer): string[] {
  return codes.parse(body).backupCodes;
}

/** The code of an app, now or some time steps away. */
export function codeOf(secret: string, steps = 0): string {
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  return app.generate({ timestamp: Date.now() + steps * stepMilliseconds });
}

/** A code that is none of the ones around now. */
export function wrongCodeOf(secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  const candidates = Array.from({ length: 6 }, (_, digit) => String(digit).repeat(6));
  return candidates.find((code) => !right.includes(code)) ?? "";
}

/** Turns two-step sign-in on with an app, which uses up its code of this moment. */
export async function turnOnTwoStep(user: SignedIn) {
  const headers = { Cookie: cookieFor(user) };
  const begun = await call("POST", "/api/auth/two-factor/enable", {
    headers,
    body: { method: "totp" },
  });
  const { secret } = enrolmentIn(begun);
  const usedCode = codeOf(secret);
  const confirmed = await call("POST", "/api/auth/two-factor/confirm", {
    headers,
    body: { code: usedCode },
  });
  return { secret, usedCode, recoveryCodes: recoveryCodesIn(confirmed) };
}

/** Makes the app's codes of this moment count as unused. */
export async function forgetUsedCodes({ id }: SignedIn): Promise<void> {
  await database().twoStep.update({ where: { userId: id }, data: { lastStep: 0 } });
}

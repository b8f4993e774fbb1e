import { expect, it } from "vitest";
import { deleteAccount } from "@/lib/account/account";
import { confirmEmailChange, verifyEmail } from "@/lib/account/email-address";
import { deletePasskey } from "@/lib/account/passkeys";
import { passSecondStep } from "@/lib/account/second-step";
import { unlinkProvider } from "@/lib/account/sign-in-methods";
import { renewRecoveryCodes, turnOffTwoStep } from "@/lib/account/two-step";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { AppError } from "@/lib/errors";
import { createUser, randomAddress } from "@/tests/support/users";
import { setUpWaysIn } from "@/tests/support/ways-in";

const rounds = 20;

it("changes to an account never deadlock, whichever happen at once", async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { id, email, sessionId } = await createUser();
    await setUpWaysIn(id);
    const challenge = await issueOneTimeToken(id, "second-step", 60);
    const newEmail = randomAddress();
    const change = await issueOneTimeToken(id, "change-email", 60, newEmail);
    const verification = await issueOneTimeToken(id, "verify-email", 60, email);
    const outcomes = await Promise.allSettled([
      turnOffTwoStep(id, sessionId),
      passSecondStep(id, challenge, { kind: "recovery-code", code: "0000-0000-0000-0000" }),
      renewRecoveryCodes(id, sessionId),
      confirmEmailChange(id, sessionId, change),
      verifyEmail(verification, { sessionId }),
      unlinkProvider(id, sessionId, "github"),
      deletePasskey(id, sessionId, "none"),
      ...(round % 2 === 0 ? [deleteAccount(id, sessionId)] : []),
    ]);
    const failures = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [codeOf(outcome.reason)] : [],
    );
    expect(failures).not.toContain("unavailable");
    expect(failures).not.toContain("internal");
  }
});

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : "internal";
}

import { expect, it } from "vitest";
import { confirmEmailChange } from "@/lib/account/confirm-email-change";
import { deleteAccount } from "@/lib/account/delete-account";
import { deletePasskey } from "@/lib/account/delete-passkey";
import { passSecondStep } from "@/lib/account/second-step";
import { renewRecoveryCodes, turnOffTwoStep } from "@/lib/account/two-step";
import { unlinkProvider } from "@/lib/account/unlink-provider";
import { verifyEmail } from "@/lib/account/verify-email";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { AppError } from "@/lib/errors";
import { createUser, randomAddress } from "@/tests/support/users";
import { setUpWaysIn } from "@/tests/support/ways-in";

const rounds = 20;

it("whatever happens to an account at once, nothing waits in a circle", async () => {
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

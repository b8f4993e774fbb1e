import "server-only";
import { database } from "@/lib/db/client";

/** A way of taking the second step of a sign-in. */
export type SecondStep = "app-code" | "passkey" | "recovery-code";

/** The ways of a person's second step, or null when a password alone signs them in. */
export async function findSecondSteps(userId: string): Promise<SecondStep[] | null> {
  const found = await database().twoStep.findUnique({
    where: { userId, enabledAt: { not: null } },
    select: {
      lastStep: true,
      user: { select: { _count: { select: { passkeys: true, recoveryCodes: true } } } },
    },
  });
  if (!found) {
    return null;
  }
  const { passkeys, recoveryCodes } = found.user._count;
  const steps: SecondStep[] = [];
  if (found.lastStep !== null) {
    steps.push("app-code");
  }
  if (passkeys > 0) {
    steps.push("passkey");
  }
  if (recoveryCodes > 0) {
    steps.push("recovery-code");
  }
  return steps;
}

import "server-only";
import { database } from "@/lib/db/client";

/** How far a person's second step is set up. */
export type TwoStepState = {
  /** Whether a sign-in by password asks for a second step. */
  enabled: boolean;
  /** Whether an authenticator app serves as one. */
  authenticatorApp: boolean;
  recoveryCodesLeft: number;
};

/** The second step of a person's sign-in. What has been begun and not confirmed does not count. */
export async function getTwoStep(userId: string): Promise<TwoStepState> {
  const user = await database().user.findUnique({
    where: { id: userId },
    select: {
      twoStep: { select: { secret: true, lastStep: true, enabledAt: true } },
      _count: { select: { recoveryCodes: true } },
    },
  });
  const enabled = Boolean(user?.twoStep?.enabledAt);
  // The code that confirms an app is its first use, so an app without one is still to be confirmed.
  const hasConfirmedApp = user?.twoStep?.secret != null && user.twoStep.lastStep !== null;
  return {
    enabled,
    authenticatorApp: enabled && hasConfirmedApp,
    recoveryCodesLeft: enabled ? (user?._count.recoveryCodes ?? 0) : 0,
  };
}

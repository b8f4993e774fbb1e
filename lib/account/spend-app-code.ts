import "server-only";
import { stepOfCode } from "@/lib/auth/authenticator-app";
import { decrypt } from "@/lib/auth/encryption";
import type { Transaction } from "@/lib/db/client";

/**
 * Uses a code of a person's authenticator app up. The statement that notes its time step decides, so
 * no code works twice, nor one older than the last.
 *
 * @returns whether it was right
 */
export async function spendAppCode(
  tx: Transaction,
  userId: string,
  code: string,
): Promise<boolean> {
  const isOn = { enabledAt: { not: null } };
  const app = await tx.twoStep.findUnique({
    where: { userId, ...isOn, lastStep: { not: null } },
    select: { secret: true },
  });
  const secret = app?.secret ?? null;
  const step = secret === null ? null : stepOfCode(await decrypt(secret), code);
  if (step === null) {
    return false;
  }
  const { count } = await tx.twoStep.updateMany({
    where: { userId, ...isOn, secret, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

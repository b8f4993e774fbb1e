import "server-only";
import { spendAppCode } from "@/lib/account/spend-app-code";
import { spendRecoveryCode } from "@/lib/account/spend-recovery-code";
import type { Transaction } from "@/lib/db/client";

const spenders = { "app-code": spendAppCode, "recovery-code": spendRecoveryCode };

/** A code for the second step, as its app or its list has it. */
export type SecondStepCode = { kind: keyof typeof spenders; code: string };

/**
 * Uses a code of a person's second step up.
 *
 * @returns whether it was right
 */
export function spendSecondStepCode(
  tx: Transaction,
  userId: string,
  { kind, code }: SecondStepCode,
): Promise<boolean> {
  return spenders[kind](tx, userId, code);
}

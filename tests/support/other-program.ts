import { type Transaction, transaction } from "@/lib/db/client";

/** Writes as a program that takes no numbers: a script, or an older version of the app. */
export function asOtherProgram<Result>(
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL evo.other_program = 'on'`;
    return work(tx);
  });
}

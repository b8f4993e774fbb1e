import "server-only";
import { countPasswordTry } from "@/lib/auth/rate-limits";
import { secondStepDeviceId, type TwoStepStart, trustedDeviceId } from "@/lib/auth/trusted-devices";
import { AppError } from "@/lib/errors";
import { isWrongPassword } from "@/lib/http/auth/wrong-password";
import { processWide } from "@/lib/process-wide";
import { createSemaphore, type Semaphore } from "@/lib/semaphore";

// A try counts as wrong until its password was checked, so few of one account run at a time: else
// many right ones at once would use the limit up.
const parallelMax = 2;
const waitingMax = 40;

const lines = processWide("password tries", () => new Map<string, Semaphore>());

/**
 * Does what checks a password or a code, and counts it as a try unless it was right. It counts
 * first, so that parallel tries cannot outrun the limit.
 *
 * @param subject whose tries they are
 * @throws AppError `rate_limited` beyond the limit, and what `work` throws
 */
export async function tryPassword<Result>(
  subject: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const line = lines.get(subject) ?? createSemaphore(parallelMax, waitingMax);
  lines.set(subject, line);
  try {
    return await line.run(() => dismissingTry(line, () => countedTry(subject, work)));
  } finally {
    if (line.isIdle()) {
      lines.delete(subject);
    }
  }
}

/** Who waits behind a database that is away would wait for nothing, and beyond the deadline. */
async function dismissingTry<Result>(
  line: Semaphore,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") {
      line.dismiss(error);
    }
    throw error;
  }
}

async function countedTry<Result>(subject: string, work: () => Promise<Result>): Promise<Result> {
  const takeBack = await countPasswordTry(subject);
  const [outcome] = await Promise.allSettled([work()]);
  if (outcome.status === "fulfilled") {
    await takeBack();
    return outcome.value;
  }
  if (!isWrongPassword(outcome.reason)) {
    await takeBack();
  }
  throw outcome.reason;
}

/** The tries of an account's password, however its address is spelled, known or not. */
export function accountTries(email: string): string {
  return `account ${email.toLowerCase()}`;
}

/**
 * The tries of an account's password from where a request comes. A browser in which its owner signed
 * in before has tries of its own: somebody else's do not lock the owner out.
 */
export async function passwordTries(headers: Headers, email: string): Promise<string> {
  const browserId = await trustedDeviceId(headers, email);
  return browserId === null ? accountTries(email) : `browser ${browserId} ${email.toLowerCase()}`;
}

/**
 * The tries of a code of somebody's second step, over all its ways together, from where a request
 * comes. A browser in which that step was passed before has tries of its own: somebody who knows the
 * password does not lock the person out.
 */
export function codeTries(headers: Headers, start: TwoStepStart): string {
  const browserId = secondStepDeviceId(headers, start);
  return browserId === null
    ? `second step ${start.userId}`
    : `second step ${browserId} ${start.userId}`;
}

import "server-only";
import { type PasswordProof, verifyCredentials } from "@/lib/auth/credentials";
import { countPasswordTry, limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { secondStepDeviceId, type TwoStepStart, trustedDeviceId } from "@/lib/auth/trusted-devices";
import { AppError, invalidMembers } from "@/lib/errors";
import { type AuthEvent, logAuthEvent } from "@/lib/http/auth/auth-events";
import { processWide } from "@/lib/process-wide";
import { createSemaphore, type Semaphore } from "@/lib/semaphore";

// A try counts as wrong until its password was checked, so few of one account run at a time: else
// many right ones at once would use the limit up.
const parallelMax = 2;
const waitingMax = 40;

const queues = processWide("password tries", () => new Map<string, Semaphore>());

/** The cause of an error for a password or a code that is not the account's. It counts as a try. */
export const wrongPassword = Symbol("wrong password");

/** Whether an error says that a password or a code which came with a request is not the account's. */
function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.cause === wrongPassword;
}

/**
 * Asks somebody for the password of an account once more. Tries count as those of a sign-in do, right
 * ones too: each costs a hash, of which few run at once.
 *
 * @param request where it comes from; a browser that is known has tries of its own
 * @param pointer the member of the body that holds it
 * @throws AppError `invalid_input` at the pointer for a wrong one, `rate_limited`, `unavailable`
 */
export async function requireAccountPassword(
  request: Request,
  user: { email: string },
  pointer: string,
  password: string,
): Promise<PasswordProof> {
  await limitRequests("signIn", networkOf(request.headers));
  try {
    const tries = await passwordTries(request.headers, user.email);
    return await tryPassword(tries, async () => {
      const proof = await verifyCredentials(user.email, password);
      if (!proof) {
        throw invalidMembers([{ pointer, detail: "is not the account's password" }], wrongPassword);
      }
      return proof;
    });
  } catch (error) {
    logAuthEvent("password refused");
    throw error;
  }
}

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
  const queue = queues.get(subject) ?? createSemaphore(parallelMax, waitingMax);
  queues.set(subject, queue);
  try {
    return await queue.run(() => dismissingTry(queue, () => countedTry(subject, work)));
  } finally {
    if (queue.isIdle()) {
      queues.delete(subject);
    }
  }
}

/** Who waits behind a database that is away would wait for nothing, and beyond the deadline. */
async function dismissingTry<Result>(
  queue: Semaphore,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === "unavailable") {
      queue.dismiss(error);
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

/**
 * Does what checks a code of a person's second step. All ways of it share the ten wrong tries.
 *
 * @param check whatever is neither null nor false is what a right code gives
 * @param pointer the member of the body that holds the code
 * @throws AppError `invalid_input` at the pointer for a wrong code, `rate_limited`
 */
export async function tryCode<Result>(
  request: Request,
  start: TwoStepStart,
  check: () => Promise<Result | null | false>,
  pointer = "/code",
): Promise<Result> {
  const checkOrThrow = async () => {
    const result = await check();
    if (result === null || result === false) {
      throw invalidMembers(
        [{ pointer, detail: "is not right, or was used before" }],
        wrongPassword,
      );
    }
    return result;
  };
  return tryPassword(codeTries(request.headers, start), checkOrThrow).catch((error) =>
    logFailedTry(error, "second step refused", "second step failed"),
  );
}

/** Logs a try that came to nothing: `refused` where there were too many before it. Throws the error. */
export function logFailedTry(error: unknown, refused: AuthEvent, failed: AuthEvent): never {
  const isRefused = error instanceof AppError && error.code === "rate_limited";
  logAuthEvent(isRefused ? refused : failed);
  throw error;
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
  const deviceId = await trustedDeviceId(headers, email);
  return deviceId === null ? accountTries(email) : `browser ${deviceId} ${email.toLowerCase()}`;
}

/**
 * The tries of a code of somebody's second step, over all its ways together, from where a request
 * comes. A browser in which that step was passed before has tries of its own: somebody who knows the
 * password does not lock the person out.
 */
function codeTries(headers: Headers, start: TwoStepStart): string {
  const deviceId = secondStepDeviceId(headers, start);
  return deviceId === null
    ? `second step ${start.userId}`
    : `second step ${deviceId} ${start.userId}`;
}

import "server-only";
import { type PasswordProof, verifyCredentials } from "@/lib/auth/credentials";
import { countPasswordTry, limitRequests } from "@/lib/auth/rate-limits";
import { networkOf } from "@/lib/auth/request-client";
import { secondStepDeviceId, type TwoStepStart, trustedDeviceId } from "@/lib/auth/trusted-devices";
import { AppError, invalidMembers } from "@/lib/errors";
import { type AuthEvent, logAuthEvent } from "@/lib/http/auth/auth-events";
import { processWide } from "@/lib/process-wide";
import { createSemaphore, type Semaphore } from "@/lib/semaphore";

// A try counts as wrong until its password has been checked. So only a few tries of one account run at
// a time: otherwise many right ones at once would use up the limit.
const parallelMax = 2;
const waitingMax = 40;

const queues = processWide("password tries", () => new Map<string, Semaphore>());

/** The cause of an error for a wrong password or code, which counts as a try. */
export const wrongPassword = Symbol("wrong password");

/** Whether an error means that a password or a code was wrong. */
function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.cause === wrongPassword;
}

/**
 * Checks the password of an account that somebody is using. Tries are limited as those of a sign-in
 * are. Right ones count against the limit of the network, too, because each costs a hash.
 *
 * @param request the request; a trusted device has its own count of tries
 * @param pointer the member of the body with the password
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
 * Checks a password or a code by `work`, and counts a try unless it was right. The try is counted
 * first, so that parallel tries cannot exceed the limit.
 *
 * @param subject what the tries are counted by
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

/** When the database cannot be reached, waiting tries fail at once and not after their deadline. */
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
 * Checks a code of a person's second step by `check`. All methods of it share the ten wrong tries.
 *
 * @param check returns null or false for a wrong code, and any other value for a right one
 * @param pointer the member of the body with the code
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

/** Logs a failed try, as `refused` if there were too many before it, and throws its error. */
export function logFailedTry(error: unknown, refused: AuthEvent, failed: AuthEvent): never {
  const isRefused = error instanceof AppError && error.code === "rate_limited";
  logAuthEvent(isRefused ? refused : failed);
  throw error;
}

/** What the tries of an account's password are counted by, for every spelling of its address. */
export function accountTries(email: string): string {
  return `account ${email.toLowerCase()}`;
}

/**
 * What the tries of an account's password in a request are counted by. A trusted device has its own
 * count, so that the tries of others do not lock the owner out.
 */
export async function passwordTries(headers: Headers, email: string): Promise<string> {
  const deviceId = await trustedDeviceId(headers, email);
  return deviceId === null ? accountTries(email) : `browser ${deviceId} ${email.toLowerCase()}`;
}

/**
 * What the tries of a second step in a request are counted by, for all its methods together. A
 * browser in which that step was passed before has its own count, so that somebody who knows the
 * password cannot lock the person out.
 */
function codeTries(headers: Headers, start: TwoStepStart): string {
  const deviceId = secondStepDeviceId(headers, start);
  return deviceId === null
    ? `second step ${start.userId}`
    : `second step ${deviceId} ${start.userId}`;
}

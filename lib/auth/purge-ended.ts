import "server-only";
import { waitUntil } from "@vercel/functions";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
// People look at what became of a key long after its end.
const endedKeyDays = 30;

let purgedAt = Number.NEGATIVE_INFINITY;

/**
 * Deletes counters, sessions, tokens and requests that ended a day ago, and API keys that ended a
 * month ago, at most once an hour in this process. It returns at once: no answer waits for it, and nothing fails with it.
 */
export function purgeEnded(): void {
  if (performance.now() - purgedAt < hourMilliseconds) {
    return;
  }
  purgedAt = performance.now();
  waitUntil(
    purge(Date.now() - dayMilliseconds).catch((error) =>
      log.warn({ error }, "ended sessions and counters are still there"),
    ),
  );
}

async function purge(before: number): Promise<void> {
  await database().rateLimit.deleteMany({ where: { lastRequest: { lt: before } } });
  const isOver = { where: { expiresAt: { lt: new Date(before) } } };
  await database().session.deleteMany(isOver);
  await database().verification.deleteMany(isOver);
  await database().oneTimeToken.deleteMany(isOver);
  await database().passkeyChallenge.deleteMany(isOver);
  await database().deviceRequest.deleteMany(isOver);
  const endedBefore = new Date(before - endedKeyDays * dayMilliseconds);
  await database().apiKey.deleteMany({ where: { expiresAt: { lt: endedBefore } } });
}

import "server-only";
import { keyGraceSeconds } from "@/lib/auth/keys";
import { database } from "@/lib/db/client";
import { withDatabaseDeadline, withinDeadline } from "@/lib/deadline";
import { processWide } from "@/lib/process-wide";

const answerMillisecondsMax = 1_000;
const answersMax = 10_000;

/** What a token stands on: it lives as long as its session, which is its user's, and its key. */
export type TokenGrounds = { userId: string; sessionId: string; keyId: string };

export type Liveness = {
  isAlive: (grounds: TokenGrounds) => Promise<boolean>;
  forget: () => void;
};

type Answer = { askedAt: number; alive: Promise<boolean> };

// The question is shared, so it has a deadline of its own and not the first caller's.
const liveness = processWide("liveness", () =>
  createLiveness((grounds) => withDatabaseDeadline(() => ask(grounds))),
);

/**
 * Whether a token's session is alive and its user's, and its key is within its grace. The answer is
 * at most a second old, counted from when the database was asked.
 *
 * @throws AppError `unavailable` when the database is away
 */
export function isTokenAlive(grounds: TokenGrounds): Promise<boolean> {
  return withinDeadline(() => liveness.isAlive(grounds));
}

/** Drops what is known of sessions: the next use of each token asks again. Call it when any ends. */
export function forgetSessions(): void {
  liveness.forget();
}

/**
 * Remembers for a second what `ask` said of a token's grounds, and asks once for parallel callers.
 * An answer is kept from the moment of its question, so one that is still under way when `forget`
 * is called is never used for a later caller.
 */
export function createLiveness(ask: (grounds: TokenGrounds) => Promise<boolean>): Liveness {
  const answers = new Map<string, Answer>();

  function askAgain(grounds: TokenGrounds, id: string): Promise<boolean> {
    const answer = { askedAt: performance.now(), alive: ask(grounds) };
    answers.delete(id);
    answers.set(id, answer);
    forgetOldest(answers);
    answer.alive.catch(() => {
      if (answers.get(id) === answer) {
        answers.delete(id);
      }
    });
    return answer.alive;
  }

  return {
    isAlive(grounds) {
      const id = [grounds.keyId, grounds.sessionId, grounds.userId].join(" ");
      const known = answers.get(id);
      const isFresh = known && performance.now() - known.askedAt < answerMillisecondsMax;
      return isFresh ? known.alive : askAgain(grounds, id);
    },
    forget() {
      answers.clear();
    },
  };
}

async function ask({ userId, sessionId, keyId }: TokenGrounds): Promise<boolean> {
  const now = Date.now();
  const oldestEnd = new Date(now - keyGraceSeconds * 1_000);
  const [row] = await database().$queryRaw<{ alive: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "session"
      WHERE "id" = ${sessionId} AND "userId" = ${userId} AND "expiresAt" > ${new Date(now)}::timestamptz
    ) AND EXISTS (
      SELECT 1 FROM "jwks"
      WHERE "id" = ${keyId} AND ("expiresAt" IS NULL OR "expiresAt" > ${oldestEnd}::timestamptz)
    ) AS "alive"`;
  return row?.alive === true;
}

function forgetOldest(answers: Map<string, Answer>): void {
  const [oldest] = answers.keys();
  if (answers.size > answersMax && oldest !== undefined) {
    answers.delete(oldest);
  }
}

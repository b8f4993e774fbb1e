import "server-only";
import { keyGraceSeconds } from "@/lib/auth/signing-keys";
import { database, Prisma } from "@/lib/db/client";
import { withDatabaseDeadline, withinDeadline } from "@/lib/deadline";
import { processWide } from "@/lib/process-wide";

// The promise is a second everywhere: the other half is for the request that asks again.
const answerMillisecondsMax = 500;
const answersMax = 10_000;

/** What a token was issued for, and lives as long as: a session, or an API key. */
export type Holder = { kind: "session" | "apiKey"; id: string };

/** What a token stands on: its holder, which is its user's, and the key that signed it. */
export type TokenGrounds = { userId: string; holder: Holder; keyId: string };

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
 * Whether a token's session or API key is alive and its user's, and the key that signed it is within
 * its grace. The answer is at most half a second old, counted from when the database was asked.
 *
 * @throws AppError `unavailable` when the database is away
 */
export function isTokenAlive(grounds: TokenGrounds): Promise<boolean> {
  return withinDeadline(() => liveness.isAlive(grounds));
}

/** Drops what is known of sessions and API keys: the next use of each token asks again. Call it when any ends. */
export function forgetSessions(): void {
  liveness.forget();
}

/**
 * Remembers for half a second what `ask` said of a token's grounds, and asks once for parallel callers.
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
      const id = idOf(grounds);
      const known = answers.get(id);
      const isFresh = known && performance.now() - known.askedAt < answerMillisecondsMax;
      return isFresh ? known.alive : askAgain(grounds, id);
    },
    forget() {
      answers.clear();
    },
  };
}

function idOf({ userId, holder, keyId }: TokenGrounds): string {
  return [keyId, holder.kind, holder.id, userId].join(" ");
}

async function ask({ userId, holder, keyId }: TokenGrounds): Promise<boolean> {
  const now = new Date();
  const oldestEnd = new Date(now.getTime() - keyGraceSeconds * 1_000);
  const [row] = await database().$queryRaw<{ alive: boolean }[]>`
    SELECT EXISTS (${selectLiving(holder, userId, now)}) AND EXISTS (
      SELECT 1 FROM "jwks"
      WHERE "id" = ${keyId} AND ("expiresAt" IS NULL OR "expiresAt" > ${oldestEnd}::timestamptz)
    ) AS "alive"`;
  return row?.alive === true;
}

function selectLiving({ kind, id }: Holder, userId: string, now: Date): Prisma.Sql {
  return kind === "session"
    ? Prisma.sql`
      SELECT 1 FROM "session"
      WHERE "id" = ${id} AND "userId" = ${userId} AND "expiresAt" > ${now}::timestamptz`
    : Prisma.sql`
      SELECT 1 FROM "apiKey"
      WHERE "id" = ${id} AND "userId" = ${userId}
        AND ("expiresAt" IS NULL OR "expiresAt" > ${now}::timestamptz)`;
}

function forgetOldest(answers: Map<string, Answer>): void {
  const [oldest] = answers.keys();
  if (answers.size > answersMax && oldest !== undefined) {
    answers.delete(oldest);
  }
}

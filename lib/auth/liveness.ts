import "server-only";
import { keyGraceSeconds } from "@/lib/auth/signing-keys";
import { database, Prisma, type Transaction } from "@/lib/db/client";
import { withDatabaseDeadline, withinDeadline } from "@/lib/deadline";
import { processWide } from "@/lib/process-wide";

// The promise is a second everywhere: the other half is for the request that asks again.
const answerMillisecondsMax = 500;
const answersMax = 10_000;

/** What a token was issued for, and lives as long as: a session, or an API key. */
export type TokenSource = { kind: "session" | "apiKey"; id: string };

/** A token by what decides whether it is alive: its user, its source, and the key that signed it. */
export type IssuedToken = { userId: string; source: TokenSource; keyId: string };

export type Liveness = {
  isAlive: (token: IssuedToken) => Promise<boolean>;
  forget: () => void;
};

type Answer = { askedAt: number; alive: Promise<boolean> };

// The question is shared, so it has a deadline of its own and not the first caller's.
const liveness = processWide("liveness", () =>
  createLiveness((token) => withDatabaseDeadline(() => ask(token))),
);

/**
 * Whether a token's session or API key is alive and its user's, and the key that signed it is within
 * its grace. The answer is at most half a second old, counted from when the database was asked.
 *
 * @throws AppError `unavailable` when the database is away
 */
export function isTokenAlive(token: IssuedToken): Promise<boolean> {
  return withinDeadline(() => liveness.isAlive(token));
}

/**
 * Takes a session that is alive `FOR SHARE`, so that whatever would end it waits for the transaction.
 *
 * @returns whether it was alive
 */
export async function lockSession(
  client: Pick<Transaction, "$queryRaw">,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const session = selectLiving({ kind: "session", id: sessionId }, userId, new Date());
  const rows = await client.$queryRaw<unknown[]>`${session} FOR SHARE`;
  return rows.length > 0;
}

/** Drops what is known of sessions and API keys: the next use of each token asks again. Call it when any ends. */
export function forgetSessions(): void {
  liveness.forget();
}

/**
 * Remembers for half a second what `ask` answered for a token, and asks once for parallel callers.
 * An answer is kept from the moment of its question, so one that is still under way when `forget`
 * is called is never used for a later caller.
 */
export function createLiveness(ask: (token: IssuedToken) => Promise<boolean>): Liveness {
  const answers = new Map<string, Answer>();

  function askAgain(token: IssuedToken, id: string): Promise<boolean> {
    const answer = { askedAt: performance.now(), alive: ask(token) };
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
    isAlive(token) {
      const id = idOf(token);
      const known = answers.get(id);
      const isFresh = known && performance.now() - known.askedAt < answerMillisecondsMax;
      return isFresh ? known.alive : askAgain(token, id);
    },
    forget() {
      answers.clear();
    },
  };
}

function idOf({ userId, source, keyId }: IssuedToken): string {
  return [keyId, source.kind, source.id, userId].join(" ");
}

async function ask({ userId, source, keyId }: IssuedToken): Promise<boolean> {
  const now = new Date();
  const oldestEnd = new Date(now.getTime() - keyGraceSeconds * 1_000);
  const [row] = await database().$queryRaw<{ alive: boolean }[]>`
    SELECT EXISTS (${selectLiving(source, userId, now)}) AND EXISTS (
      SELECT 1 FROM "jwks"
      WHERE "id" = ${keyId} AND ("expiresAt" IS NULL OR "expiresAt" > ${oldestEnd}::timestamptz)
    ) AS "alive"`;
  return row?.alive === true;
}

function selectLiving({ kind, id }: TokenSource, userId: string, now: Date): Prisma.Sql {
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

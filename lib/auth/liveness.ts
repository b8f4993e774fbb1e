import "server-only";
import { keyGraceSeconds } from "@/lib/auth/signing-keys";
import { database, Prisma, type Transaction } from "@/lib/db/client";
import { withDatabaseDeadline, withinDeadline } from "@/lib/deadline";
import { processWide } from "@/lib/process-wide";

// An end takes effect everywhere within a second; the other half is for the query.
const answerMillisecondsMax = 500;
const answersMax = 10_000;

/** The session or API key that a token was issued for. The token ends with it. */
export type TokenSource = { kind: "session" | "apiKey"; id: string };

/** A token by what decides whether it is alive: its user, its source, and the key that signed it. */
export type IssuedToken = { userId: string; source: TokenSource; keyId: string };

export type Liveness = {
  isAlive: (token: IssuedToken) => Promise<boolean>;
  /** The answer to an earlier question while it is fresh, without waiting for one that is under way. */
  known: (token: IssuedToken) => boolean | undefined;
  forget: () => void;
};

type Answer = { askedAt: number; alive: Promise<boolean>; known?: boolean };

const listeners = processWide("listeners to ends of sessions", () => new Set<() => void>());

// Several callers share a query, so it has its own deadline and not that of the first caller.
const liveness = processWide("liveness", () =>
  createLiveness((token) => withDatabaseDeadline(() => ask(token))),
);

/**
 * Whether a token's session or API key is alive and belongs to its user, and its signing key is
 * within its grace period. The answer is at most half a second old, counted from the start of the
 * query.
 *
 * @throws AppError `unavailable` when the database cannot be reached
 */
export async function isTokenAlive(token: IssuedToken): Promise<boolean> {
  return liveness.known(token) ?? withinDeadline(() => liveness.isAlive(token));
}

/**
 * Locks a live session `FOR SHARE`, so that whatever would end it waits for the transaction.
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

/**
 * Forgets all answers, so that the next use of each token asks again. Call it when a session or API
 * key ends.
 */
export function forgetSessions(): void {
  liveness.forget();
  for (const listener of [...listeners]) {
    listener();
  }
}

/**
 * Has a function called whenever sessions or API keys end in this process.
 *
 * @returns a function that ends that
 */
export function whenSessionsEnd(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Remembers the answer of `ask` for half a second, and asks once for parallel callers. An answer that
 * is still awaited when `forget` is called is not used for later callers.
 */
export function createLiveness(ask: (token: IssuedToken) => Promise<boolean>): Liveness {
  const answers = new Map<string, Answer>();

  function askAgain(token: IssuedToken, id: string): Promise<boolean> {
    const answer: Answer = { askedAt: performance.now(), alive: ask(token) };
    answers.delete(id);
    answers.set(id, answer);
    forgetOldest(answers);
    answer.alive.then(
      (alive) => {
        answer.known = alive;
      },
      () => {
        if (answers.get(id) === answer) {
          answers.delete(id);
        }
      },
    );
    return answer.alive;
  }

  function freshAnswer(id: string): Answer | undefined {
    const answer = answers.get(id);
    const isFresh = answer && performance.now() - answer.askedAt < answerMillisecondsMax;
    return isFresh ? answer : undefined;
  }

  return {
    isAlive(token) {
      const id = idOf(token);
      return freshAnswer(id)?.alive ?? askAgain(token, id);
    },
    known(token) {
      return freshAnswer(idOf(token))?.known;
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

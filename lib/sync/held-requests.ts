import "server-only";
import { database } from "@/lib/db/client";
import { withDatabaseDeadline } from "@/lib/deadline";
import { env } from "@/lib/env";
import type { Caller } from "@/lib/operations/caller";
import type { Patience } from "@/lib/operations/operation";
import { processWide } from "@/lib/process-wide";

const requestsPerUserMax = 10;
const pollMilliseconds = 300;
const pollsPerLivenessCheck = 3;

/** A request that waits for a write of its caller's. */
export type HeldRequest = {
  /** Waits for a write, another reason to look again, or the end of the time, in milliseconds. */
  wait: (milliseconds: number) => Promise<void>;
  /** Says what was read: a later number in the database ends the next wait. */
  noteHead: (head: bigint) => void;
  /** Whether the process is ending, so that the request is to be answered as it stands. */
  isEnding: () => boolean;
  release: () => void;
};

type Waiting = { caller: Caller; head: bigint | undefined; wake: () => void };

type Waiters = {
  byUser: Map<string, Set<Waiting>>;
  poll: NodeJS.Timeout | undefined;
  isEnding: boolean;
};

const waiters = processWide<Waiters>("held requests", () => ({
  byUser: new Map(),
  poll: undefined,
  isEnding: false,
}));

/**
 * Holds a request of a user: writes of theirs end its waits, in this process at once and from others
 * by one query every 300 ms for all users who wait.
 *
 * @returns null where the user holds ten already, or the process is ending: the request is not held
 */
export function holdRequest(
  caller: Caller,
  { signal, whenSessionsEnd }: Patience,
): HeldRequest | null {
  const ofUser = waiters.byUser.get(caller.userId) ?? new Set();
  if (waiters.isEnding || ofUser.size >= requestsPerUserMax) {
    return null;
  }
  let isWoken = false;
  let end = () => {};
  const waiting: Waiting = {
    caller,
    head: undefined,
    wake: () => {
      isWoken = true;
      end();
    },
  };
  waiters.byUser.set(caller.userId, ofUser.add(waiting));
  signal.addEventListener("abort", waiting.wake);
  const stopListening = whenSessionsEnd(waiting.wake);
  waiters.poll ??= startPolling();

  async function wait(milliseconds: number): Promise<void> {
    if (!isWoken) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, milliseconds);
        end = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    isWoken = false;
  }

  function release(): void {
    signal.removeEventListener("abort", waiting.wake);
    stopListening();
    ofUser.delete(waiting);
    if (ofUser.size === 0) {
      waiters.byUser.delete(caller.userId);
    }
    if (waiters.byUser.size === 0) {
      clearInterval(waiters.poll);
      waiters.poll = undefined;
    }
  }

  return {
    wait,
    release,
    noteHead: (head) => {
      waiting.head = head;
    },
    isEnding: () => waiters.isEnding,
  };
}

/** Ends the waits of a user's held requests in this process, after a write of theirs was stored. */
export function announceWrite(userId: string): void {
  wake(waiters.byUser.get(userId) ?? []);
}

/** Ends all held requests, and holds none any more. */
export function endHeldRequests(): void {
  waiters.isEnding = true;
  wake(all());
}

function all(): Waiting[] {
  return [...waiters.byUser.values()].flatMap((ofUser) => [...ofUser]);
}

function wake(waiting: Iterable<Waiting>): void {
  for (const one of [...waiting]) {
    one.wake();
  }
}

/** The embedded database has no other process that could write to it. */
function startPolling(): NodeJS.Timeout | undefined {
  if (!env.databaseUrl) {
    return undefined;
  }
  let polls = 0;
  let isUnderWay = false;
  return setInterval(async () => {
    if (isUnderWay) {
      return;
    }
    isUnderWay = true;
    polls += 1;
    try {
      await withDatabaseDeadline(() => look(polls % pollsPerLivenessCheck === 0));
    } catch {
      // The database is away: the requests find out when their time is up.
    } finally {
      isUnderWay = false;
    }
  }, pollMilliseconds);
}

async function look(looksAtLiveness: boolean): Promise<void> {
  const waiting = all();
  const heads = await findHeads([...new Set(waiting.map(({ caller }) => caller.userId))]);
  wake(
    waiting.filter(({ caller, head }) => head !== undefined && head !== heads.get(caller.userId)),
  );
  if (looksAtLiveness) {
    const living = await findLiving(waiting.map(({ caller }) => caller.id));
    wake(waiting.filter(({ caller }) => !living.has(caller.id)));
  }
}

async function findHeads(userIds: string[]): Promise<Map<string, bigint>> {
  const rows = await database().$queryRaw<{ userId: string; head: bigint }[]>`
    SELECT "userId", "head" FROM "syncState" WHERE "userId" = ANY(${userIds}::text[])`;
  return new Map(rows.map(({ userId, head }) => [userId, head]));
}

/** Those of the sessions and API keys that are there and have not ended. */
async function findLiving(ids: string[]): Promise<Set<string>> {
  const now = new Date();
  const rows = await database().$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "session" WHERE "id" = ANY(${ids}::text[]) AND "expiresAt" > ${now}::timestamptz
    UNION ALL
    SELECT "id" FROM "apiKey" WHERE "id" = ANY(${ids}::text[])
      AND ("expiresAt" IS NULL OR "expiresAt" > ${now}::timestamptz)`;
  return new Set(rows.map(({ id }) => id));
}

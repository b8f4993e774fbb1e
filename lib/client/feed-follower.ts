import type { Api } from "@/lib/client/api";
import { ApiError } from "@/lib/client/api-error";
import { backOffMilliseconds } from "@/lib/client/back-off";
import { call } from "@/lib/client/call";
import type { FeedPage } from "@/lib/client/read-feed-page";
import type { SyncedRow } from "@/lib/operations/sync";

const waitSeconds = 20;
const answerMillisecondsMax = 32_000;
const rowsPerPageMax = 1_000;
// The server holds an empty answer for a second at least, or not at all.
const heldMillisecondsMin = 1_000;
const tickMilliseconds = 1_000;
const ticksInUse = 2;
const ticksOtherwise = 15;
const inUseMilliseconds = 60_000;
// Where rows keep coming, the answers that arrive together become one.
const firstPauseMilliseconds = 50;
const pauseMillisecondsMax = 500;
const calmMilliseconds = 5_000;
const sessionEnds = new Set(["signed_out", "another_person"]);

/** Follows a person's feed of changes, by one request at a time that the server holds. */
export type FeedFollower = {
  /** Begins, or goes on. The cursor counts the first time only: later the follower has its own. */
  start: (cursor?: string) => void;
  stop: () => void;
  /** Notes that the person uses the page, so that a server that holds nothing is asked more often. */
  noteUse: () => void;
};

type FollowerOptions = {
  api: Api;
  /** Takes what has changed, oldest change first. */
  onRows: (rows: SyncedRow[]) => void;
  /** Rows may have been missed: everything is to be read again. */
  onGap: () => void;
};

/**
 * Makes a follower, which stands still until `start`. Failures are repeated with back-off. When the
 * session is over it stops, and asks nobody to sign in: a person may be in the middle of a word.
 */
export function createFeedFollower({ api, onRows, onGap }: FollowerOptions): FeedFollower {
  let cursor: string | undefined;
  let hasGap = false;
  let running: AbortController | null = null;
  let usedAt = Number.NEGATIVE_INFINITY;
  let rowsAt = Number.NEGATIVE_INFINITY;
  let pauseAfterRows = firstPauseMilliseconds;

  async function follow(controller: AbortController) {
    const { signal } = controller;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await readOn(signal);
        failures = 0;
      } catch (error) {
        if (!mayGoOn(error, signal)) {
          break;
        }
        await recover(error, failures, signal);
        failures += 1;
      }
    }
    if (running === controller) {
      running = null;
    }
  }

  async function recover(error: ApiError, failures: number, signal: AbortSignal) {
    if (cursor !== undefined && isCursorRefused(error)) {
      cursor = undefined;
      hasGap = true;
    } else {
      await pause(backOffMilliseconds(failures, error.retryAfterSeconds), signal);
    }
  }

  async function readOn(signal: AbortSignal) {
    const askedAt = performance.now();
    const position = cursor === undefined ? {} : { cursor };
    const patience = hasGap ? { limit: rowsPerPageMax } : { wait: waitSeconds };
    const page = await call(api, "readChanges", {
      query: { ...position, ...patience },
      signal,
      timeoutMilliseconds: answerMillisecondsMax,
      isInBackground: true,
    });
    signal.throwIfAborted();
    cursor = page.cursor;
    if (hasGap) {
      closeGap(page);
    } else if (page.rows.length > 0) {
      onRows(page.rows);
      await pauseBetweenRows(signal);
    } else if (performance.now() - askedAt < heldMillisecondsMin) {
      await pauseUntilNextPoll(signal);
    }
  }

  /** What lies before the end of the feed is in what `onGap` reads. */
  function closeGap({ more }: FeedPage) {
    if (!more) {
      hasGap = false;
      onGap();
    }
  }

  async function pauseBetweenRows(signal: AbortSignal) {
    const now = performance.now();
    const isCalm = now - rowsAt > calmMilliseconds;
    pauseAfterRows = isCalm
      ? firstPauseMilliseconds
      : Math.min(pauseMillisecondsMax, 2 * pauseAfterRows);
    rowsAt = now;
    await pause(pauseAfterRows, signal);
  }

  async function pauseUntilNextPoll(signal: AbortSignal) {
    const isInUse = () => performance.now() - usedAt < inUseMilliseconds;
    let ticks = 0;
    do {
      await pause(tickMilliseconds, signal);
      ticks += 1;
    } while (!signal.aborted && ticks < (isInUse() ? ticksInUse : ticksOtherwise));
  }

  return {
    start(first) {
      if (!hasGap) {
        cursor ??= first;
      }
      if (!running) {
        running = new AbortController();
        void follow(running);
      }
    },
    stop() {
      running?.abort();
      running = null;
    },
    noteUse() {
      usedAt = performance.now();
    },
  };
}

/** Unless nobody waits any more, or the session is over. */
function mayGoOn(error: unknown, signal: AbortSignal): error is ApiError {
  const isOver = error instanceof ApiError && sessionEnds.has(error.code);
  return error instanceof ApiError && !isOver && !signal.aborted;
}

/** The rows behind it are gone, the database was restored, or the site's secret is another one. */
function isCursorRefused({ code }: ApiError): boolean {
  return code === "resync_required" || code === "invalid_cursor";
}

/** Ends early, and without an error, when the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}

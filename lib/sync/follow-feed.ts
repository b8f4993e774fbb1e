import "server-only";
import { withDatabaseDeadline } from "@/lib/deadline";
import { env } from "@/lib/env";
import type { Caller } from "@/lib/operations/caller";
import type { Patience } from "@/lib/operations/operation";
import { type DeviceState, findDeviceState } from "@/lib/sync/devices";
import { type FeedPage, type FeedQuery, numberOf, readFeed } from "@/lib/sync/feed";
import { type HeldRequest, holdRequest } from "@/lib/sync/held-requests";
import type { Kinds } from "@/lib/sync/kind";

/** A page, and where a device was named, what became of its changes. */
export type FollowedPage = FeedPage & Partial<DeviceState>;

export type FollowQuery = FeedQuery & {
  /** How many seconds to wait where nothing is new. */
  wait?: number | undefined;
  device?: string | undefined;
  from?: number | undefined;
};

/**
 * Reads a page of the feed, and with `device` what became of that device's changes. An empty page is
 * held until there is something, the time is up, or the token or its session ends.
 *
 * @throws AppError as `readFeed` does; `invalid_token` and `token_expired` while it is held
 */
export async function followFeed(
  caller: Caller,
  query: FollowQuery,
  kinds: Kinds,
  requestId: string,
  patience: Patience,
): Promise<FollowedPage> {
  const seconds = Math.min(query.wait ?? 0, env.syncWaitSeconds);
  const held = seconds > 0 ? holdRequest(caller, patience) : null;
  if (!held) {
    return readPage(caller, query, kinds, requestId);
  }
  try {
    return await readWhenThereIsSomething(held, seconds);
  } finally {
    held.release();
  }

  async function readWhenThereIsSomething(held: HeldRequest, seconds: number) {
    const { signal, tokenEndsAt, noteHeld } = patience;
    const endsAt = Math.min(Date.now() + seconds * 1_000, tokenEndsAt);
    let page = await readPage(caller, query, kinds, requestId);
    for (;;) {
      const left = endsAt - Date.now();
      if (!isEmpty(page) || left <= 0 || signal.aborted || held.isEnding()) {
        return page;
      }
      held.noteHead(numberOf(page.cursor, caller.userId));
      const heldSince = performance.now();
      await held.wait(left);
      noteHeld(performance.now() - heldSince);
      if (!signal.aborted) {
        page = await lookAgain();
      }
    }
  }

  /** With a deadline of its own, so that many looks never use up the one of the request. */
  function lookAgain(): Promise<FollowedPage> {
    return withDatabaseDeadline(async () => {
      await patience.assertAlive();
      return await readPage(caller, query, kinds, requestId);
    });
  }
}

async function readPage(
  { userId }: Caller,
  query: FollowQuery,
  kinds: Kinds,
  requestId: string,
): Promise<FollowedPage> {
  const { device, from = 1 } = query;
  // The results first: so the rows, which are read later, hold every change that they name.
  const state = device === undefined ? {} : await findDeviceState(userId, device, from, requestId);
  return { ...(await readFeed(userId, query, kinds)), ...state };
}

function isEmpty({ rows, more, results = [] }: FollowedPage): boolean {
  return rows.length === 0 && !more && results.length === 0;
}

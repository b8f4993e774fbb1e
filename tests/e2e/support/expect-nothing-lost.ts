import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { App, Settings } from "./app";
import { bearer, type Person, postJson, signUp } from "./person";

/**
 * Kills an app in the middle of writes, and expects every acknowledged task after the next start.
 *
 * @param start starts the app, each time on the same data
 */
export async function expectNothingLost(
  start: (settings?: Settings) => Promise<App>,
): Promise<void> {
  const first = await start();
  const person = await signUp(first.url);
  const ledger = keepWriting(first.url, person);
  await expect.poll(() => ledger.acknowledged.length).toBeGreaterThan(100);
  await first.end("SIGKILL");
  await ledger.done;

  const second = await start({ PORT: new URL(first.url).port });
  const stored = await storedIds(second.url, person);
  expect(ledger.acknowledged.filter((id) => !stored.has(id))).toEqual([]);
}

/** Writes tasks without a pause and notes which of them were acknowledged. */
type Ledger = {
  acknowledged: string[];
  /** Resolves when every writer has stopped, at the first request that fails. */
  done: Promise<unknown>;
};

const writers = 8;

/** Starts writing. It ends when the app does. */
function keepWriting(url: string, person: Person): Ledger {
  const acknowledged: string[] = [];
  const write = async () => {
    for (;;) {
      const id = randomUUID();
      const answer = await postJson(`${url}/api/tasks`, { id, title: id }, bearer(person.token));
      if (answer.status !== 201) {
        return;
      }
      acknowledged.push(id);
    }
  };
  const done = Promise.allSettled(Array.from({ length: writers }, write));
  return { acknowledged, done };
}

/** The ids of all tasks of a person, page by page. */
export async function storedIds(url: string, person: Person): Promise<Set<string>> {
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const answer = await fetch(`${url}/api/tasks?limit=100${query}`, {
      headers: bearer(person.token),
    });
    const page: { data: { id: string }[]; nextCursor: string | null } = await answer.json();
    for (const { id } of page.data) {
      ids.add(id);
    }
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}

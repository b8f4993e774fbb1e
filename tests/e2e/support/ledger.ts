import { randomUUID } from "node:crypto";
import { bearer, type Person, postJson } from "./person";

/** Writes tasks without a pause and notes which of them were acknowledged. */
export type Ledger = {
  acknowledged: string[];
  /** Resolves when every writer has stopped, at the first request that fails. */
  done: Promise<unknown>;
};

const writers = 8;

/** Starts writing. It ends when the app does. */
export function keepWriting(url: string, person: Person): Ledger {
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

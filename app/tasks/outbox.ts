import type { Api } from "@/lib/client/api";
import { ApiError, isTemporary, unexpectedAnswer } from "@/lib/client/api-error";
import type { TaskChanges, TaskDraft } from "@/lib/tasks/fields";
import type { Task } from "@/lib/tasks/schemas";
import { uuidVersion7 } from "@/lib/uuid-version-7";
import { type Change, Conflict, collidingFields, type Entry, sendChange } from "./send-change";

export type Outbox = {
  entries: () => readonly Entry[];
  subscribe: (listener: () => void) => () => void;
  create: (draft: TaskDraft, base: Task) => void;
  update: (base: Task, changes: TaskChanges) => void;
  /** Deletes a task and says whether the server may know it, so that undoing is a restore. */
  remove: (base: Task) => boolean;
  restore: (base: Task) => void;
  /** Sends what failed once more: all of one task, or all that a later time may cure. */
  retry: (taskId?: string) => void;
  discard: (taskId: string) => void;
  keepMine: (taskId: string) => void;
  takeTheirs: (taskId: string) => Promise<void>;
  clear: () => void;
};

export type OutboxOptions = {
  api: Api;
  isOnline: () => boolean;
  /** Takes what the server stored into the lists; the change leaves the outbox after it. */
  onStored: (task: Task) => Promise<void>;
  onRemoved: (taskId: string) => Promise<void>;
};

/** Whether `entry` has to wait for one before it: of its task always, and creates in order. */
function isBlocked(entry: Entry, earlier: readonly Entry[]): boolean {
  return earlier.some((other) => {
    if (other.taskId === entry.taskId) {
      return true;
    }
    const bothCreate = other.change.kind === "create" && entry.change.kind === "create";
    return bothCreate && (other.state === "waiting" || other.state === "sending");
  });
}

/**
 * A change that was made on top of the one just stored now rests on its result. Where somebody
 * else's change of the same field came in with the result, it keeps its old base, so that the
 * server refuses it and the person decides.
 */
function rebase(entry: Entry, stored: Task): Entry {
  const { change, base } = entry;
  if (change.kind === "update" && collidingFields(base, stored, change.changes).length > 0) {
    return entry;
  }
  return { ...entry, base: stored };
}

/**
 * The changes a person made that the server has not yet confirmed, in the order they were made.
 *
 * Changes of one task go one after the other, so that quick edits never collide with each other.
 * What fails stays, with all that was typed, until it is sent again or discarded; what a later
 * time may cure goes again by `retry()`.
 */
export function createOutbox({ api, isOnline, onStored, onRemoved }: OutboxOptions): Outbox {
  let entries: readonly Entry[] = [];
  let lastSequence = 0;
  const lastStored = new Map<string, Task>();
  const listeners = new Set<() => void>();

  function set(next: readonly Entry[]) {
    entries = next;
    for (const listener of listeners) {
      listener();
    }
  }

  function patch(sequence: number, fields: Partial<Entry>) {
    set(entries.map((entry) => (entry.sequence === sequence ? { ...entry, ...fields } : entry)));
  }

  function settle(done: Entry, stored: Task | null) {
    const left = entries.filter((entry) => entry.sequence !== done.sequence);
    set(
      left.map((entry) => (stored && entry.taskId === done.taskId ? rebase(entry, stored) : entry)),
    );
  }

  async function run(entry: Entry) {
    patch(entry.sequence, { state: "sending" });
    try {
      const stored = await sendChange(api, entry);
      if (stored) {
        lastStored.set(stored.id, stored);
      }
      await (stored ? onStored(stored) : onRemoved(entry.taskId));
      settle(entry, stored);
    } catch (error) {
      if (error instanceof Conflict) {
        patch(entry.sequence, { state: "conflict", current: error.current, error: null });
      } else {
        const problem = error instanceof ApiError ? error : unexpectedAnswer(0);
        patch(entry.sequence, { state: "failed", error: problem });
      }
    }
    pump();
  }

  function pump() {
    if (!isOnline()) {
      return;
    }
    const ready = entries.filter(
      (entry, index) => entry.state === "waiting" && !isBlocked(entry, entries.slice(0, index)),
    );
    for (const entry of ready) {
      void run(entry);
    }
  }

  function add(change: Change, base: Task) {
    lastSequence += 1;
    const entry: Entry = {
      sequence: lastSequence,
      taskId: base.id,
      change,
      base,
      state: "waiting",
      error: null,
      current: null,
    };
    const newer = lastStored.get(base.id);
    // After another change of its task it builds on the result of that one, once it is there.
    const isFirst = entries.every((other) => other.taskId !== base.id);
    const isOutdated = isFirst && newer !== undefined && newer.version > base.version;
    set([...entries, isOutdated ? rebase(entry, newer) : entry]);
    pump();
  }

  /** The last change of a task, if the server has certainly not made it. */
  function notMade(taskId: string): Entry | undefined {
    const last = entries.findLast((entry) => entry.taskId === taskId);
    const untried = last?.state === "waiting" && !last.error;
    const refused = last?.state === "failed" && !isTemporary(last.error);
    return untried || refused ? last : undefined;
  }

  function extend(entry: Entry, change: Change) {
    patch(entry.sequence, { change, state: "waiting" });
    pump();
  }

  function wake(isMeant: (entry: Entry) => boolean) {
    set(entries.map((entry) => (isMeant(entry) ? { ...entry, state: "waiting" } : entry)));
    pump();
  }

  return {
    entries: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    create: (draft, base) => add({ kind: "create", draft, key: uuidVersion7() }, base),
    update(base, changes) {
      const last = notMade(base.id);
      if (last?.change.kind === "update") {
        extend(last, { kind: "update", changes: { ...last.change.changes, ...changes } });
      } else if (last?.change.kind === "create") {
        const draft = { ...last.change.draft, ...changes };
        extend(last, { kind: "create", draft, key: uuidVersion7() });
      } else {
        add({ kind: "update", changes }, base);
      }
    },
    remove(base) {
      const last = notMade(base.id);
      if (last?.change.kind === "create") {
        settle(last, null);
        return false;
      }
      add({ kind: "delete" }, base);
      return true;
    },
    restore(base) {
      const last = notMade(base.id);
      if (last?.change.kind === "delete") {
        settle(last, null);
      } else {
        add({ kind: "restore" }, base);
      }
    },
    retry: (taskId) =>
      wake((entry) => {
        if (entry.state !== "failed") {
          return false;
        }
        return taskId === undefined ? isTemporary(entry.error) : entry.taskId === taskId;
      }),
    discard(taskId) {
      set(entries.filter((entry) => entry.taskId !== taskId || entry.state === "sending"));
      pump();
    },
    keepMine(taskId) {
      set(
        entries.map((entry) =>
          entry.taskId === taskId && entry.current
            ? { ...entry, state: "waiting", base: entry.current, current: null }
            : entry,
        ),
      );
      pump();
    },
    async takeTheirs(taskId) {
      const entry = entries.find((other) => other.taskId === taskId && other.current);
      if (!entry?.current) {
        return;
      }
      await onStored(entry.current);
      settle(entry, null);
      pump();
    },
    clear() {
      lastStored.clear();
      set([]);
    },
  };
}

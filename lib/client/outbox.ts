import { ApiError, isTemporary, unexpectedAnswer } from "@/lib/client/api-error";
import { uuidVersion7 } from "@/lib/planning/uuid-version-7";

/** Anything of a person's that the server keeps. */
type Resource = { id: string; version: number };

type OutboxChange<Draft, Changes> =
  | { kind: "create"; draft: Draft; key: string }
  | { kind: "update"; changes: Changes }
  | { kind: "delete" }
  | { kind: "restore" };

/** A change that the server has not yet confirmed. */
export type OutboxEntry<Item, Draft, Changes> = {
  readonly sequence: number;
  readonly resourceId: string;
  readonly change: OutboxChange<Draft, Changes>;
  /** The resource as the person saw it when making the change. */
  readonly base: Item;
  readonly state: "waiting" | "sending" | "failed" | "conflict";
  readonly error: ApiError | null;
  /** With a conflict, the resource as somebody else left it. */
  readonly current: Item | null;
};

/** What became of a change: the resource is stored, or gone, or somebody else changed the same field. */
export type Outcome<Item> =
  | { status: "stored"; resource: Item }
  | { status: "gone" }
  | { status: "conflict"; current: Item };

export type Outbox<Item, Draft, Changes> = {
  entries: () => readonly OutboxEntry<Item, Draft, Changes>[];
  subscribe: (listener: () => void) => () => void;
  create: (draft: Draft, base: Item) => void;
  update: (base: Item, changes: Changes) => void;
  /** Deletes a resource and says whether the server may know it, so that undoing is a restore. */
  remove: (base: Item) => boolean;
  restore: (base: Item) => void;
  /** Sends what failed once more: all of one resource, or all that a later time may cure. */
  retry: (resourceId?: string) => void;
  discard: (resourceId: string) => void;
  keepMine: (resourceId: string) => void;
  takeTheirs: (resourceId: string) => Promise<void>;
  clear: () => void;
};

export type OutboxOptions<Item, Draft, Changes> = {
  /** Takes a change to the server. Repeating it does no harm. Throws an ApiError. */
  send: (entry: OutboxEntry<Item, Draft, Changes>) => Promise<Outcome<Item>>;
  /** Whether what `changes` change was changed as well, and differently, between base and current. */
  collide: (base: Item, current: Item, changes: Changes) => boolean;
  isOnline: () => boolean;
  /** Takes what the server stored into the lists; the change leaves the outbox after it. */
  onStored: (item: Item) => Promise<void>;
  onRemoved: (resourceId: string) => Promise<void>;
};

type Ordered = Pick<OutboxEntry<unknown, unknown, unknown>, "resourceId" | "change" | "state">;

/** Whether `entry` has to wait for one before it: of its resource always, and creates in order. */
function isBlocked(entry: Ordered, earlier: readonly Ordered[]): boolean {
  return earlier.some((other) => {
    if (other.resourceId === entry.resourceId) {
      return true;
    }
    const bothCreate = other.change.kind === "create" && entry.change.kind === "create";
    return bothCreate && (other.state === "waiting" || other.state === "sending");
  });
}

/**
 * The changes a person made that the server has not yet confirmed, in the order they were made.
 *
 * Changes of one resource go one after the other, so that quick edits never collide with each other.
 * What fails stays, with all that was typed, until it is sent again or discarded; what a later
 * time may cure goes again by `retry()`.
 */
export function createOutbox<Item extends Resource, Draft extends object, Changes extends object>({
  send,
  collide,
  isOnline,
  onStored,
  onRemoved,
}: OutboxOptions<Item, Draft, Changes>): Outbox<Item, Draft, Changes> {
  type Entry = OutboxEntry<Item, Draft, Changes>;

  let entries: readonly Entry[] = [];
  let lastSequence = 0;
  const lastStored = new Map<string, Item>();
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

  /**
   * A change that was made on top of the one just stored now rests on its result. Where somebody
   * else's change of the same field came in with the result, it keeps its old base, so that the
   * server refuses it and the person decides.
   */
  function rebase(entry: Entry, stored: Item): Entry {
    const { change, base } = entry;
    if (change.kind === "update" && collide(base, stored, change.changes)) {
      return entry;
    }
    return { ...entry, base: stored };
  }

  function settle(done: Entry, stored: Item | null) {
    const left = entries.filter((entry) => entry.sequence !== done.sequence);
    set(
      left.map((entry) =>
        stored && entry.resourceId === done.resourceId ? rebase(entry, stored) : entry,
      ),
    );
  }

  async function take(entry: Entry, stored: Item | null) {
    if (stored) {
      lastStored.set(stored.id, stored);
    }
    await (stored ? onStored(stored) : onRemoved(entry.resourceId));
    settle(entry, stored);
  }

  async function run(entry: Entry) {
    patch(entry.sequence, { state: "sending" });
    try {
      const outcome = await send(entry);
      if (outcome.status === "conflict") {
        patch(entry.sequence, { state: "conflict", current: outcome.current, error: null });
      } else {
        await take(entry, outcome.status === "stored" ? outcome.resource : null);
      }
    } catch (error) {
      const problem = error instanceof ApiError ? error : unexpectedAnswer(0);
      patch(entry.sequence, { state: "failed", error: problem });
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

  function add(change: Entry["change"], base: Item) {
    lastSequence += 1;
    const entry: Entry = {
      sequence: lastSequence,
      resourceId: base.id,
      change,
      base,
      state: "waiting",
      error: null,
      current: null,
    };
    const newer = lastStored.get(base.id);
    // After another change of its resource it builds on the result of that one, once it is there.
    const isFirst = entries.every((other) => other.resourceId !== base.id);
    const isOutdated = isFirst && newer !== undefined && newer.version > base.version;
    set([...entries, isOutdated ? rebase(entry, newer) : entry]);
    pump();
  }

  /** The last change of a resource, if the server has certainly not made it. */
  function notMade(resourceId: string): Entry | undefined {
    const last = entries.findLast((entry) => entry.resourceId === resourceId);
    const untried = last?.state === "waiting" && !last.error;
    const refused = last?.state === "failed" && !isTemporary(last.error);
    return untried || refused ? last : undefined;
  }

  function extend(entry: Entry, change: Entry["change"]) {
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
    retry: (resourceId) =>
      wake((entry) => {
        if (entry.state !== "failed") {
          return false;
        }
        return resourceId === undefined
          ? isTemporary(entry.error)
          : entry.resourceId === resourceId;
      }),
    discard(resourceId) {
      set(entries.filter((entry) => entry.resourceId !== resourceId || entry.state === "sending"));
      pump();
    },
    keepMine(resourceId) {
      set(
        entries.map((entry) =>
          entry.resourceId === resourceId && entry.current
            ? { ...entry, state: "waiting", base: entry.current, current: null }
            : entry,
        ),
      );
      pump();
    },
    async takeTheirs(resourceId) {
      const entry = entries.find((other) => other.resourceId === resourceId && other.current);
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

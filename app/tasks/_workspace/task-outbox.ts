import type { Api } from "@/lib/client/api";
import { ApiError } from "@/lib/client/api-error";
import { call } from "@/lib/client/call";
import {
  createOutbox,
  type Outbox,
  type OutboxEntry,
  type OutboxOptions,
  type Outcome,
} from "@/lib/client/outbox";
import { isTask } from "@/lib/client/task-api";
import type { Task } from "@/lib/operations/tasks/schemas";
import { fieldsOf, type TaskChanges, type TaskDraft, type WritableField } from "@/lib/tasks/fields";

const mergeAttemptsMax = 5;

export type Entry = OutboxEntry<Task, TaskDraft, TaskChanges>;
export type TaskOutbox = Outbox<Task, TaskDraft, TaskChanges>;

type TaskOutboxOptions = { api: Api } & Pick<
  OutboxOptions<Task, TaskDraft, TaskChanges>,
  "isOnline" | "onStored" | "onRemoved"
>;

/** The outbox of a person's tasks. */
export function createTaskOutbox({ api, ...options }: TaskOutboxOptions): TaskOutbox {
  return createOutbox({
    ...options,
    send: (entry) => sendChange(api, entry),
    collide: (base, current, changes) => collidingFields(base, current, changes).length > 0,
  });
}

/** The changed fields that somebody else changed as well, and differently, since `base`. */
export function collidingFields(base: Task, current: Task, changes: TaskChanges): WritableField[] {
  return fieldsOf(changes).filter(
    (field) => current[field] !== base[field] && current[field] !== changes[field],
  );
}

function currentOf(error: unknown): Task | null {
  if (!(error instanceof ApiError) || error.status !== 412) {
    return null;
  }
  return isTask(error.current) ? error.current : null;
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === "not_found";
}

/** Sends a change of fields; where others changed other fields meanwhile, both changes count. */
async function sendUpdate(api: Api, entry: Entry, changes: TaskChanges): Promise<Outcome<Task>> {
  const id = entry.resourceId;
  let base = isGone(entry.error) ? await call(api, "restoreTask", { params: { id } }) : entry.base;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const version = base.version;
      return stored(await call(api, "patchTask", { params: { id }, body: changes, version }));
    } catch (error) {
      const current = currentOf(error);
      if (!current || attempt >= mergeAttemptsMax) {
        throw error;
      }
      if (fieldsOf(changes).every((field) => current[field] === changes[field])) {
        return stored(current);
      }
      if (collidingFields(entry.base, current, changes).length > 0) {
        return { status: "conflict", current };
      }
      base = current;
    }
  }
}

async function sendDelete(api: Api, id: string): Promise<Outcome<Task>> {
  try {
    await call(api, "deleteTask", { params: { id } });
  } catch (error) {
    if (!isGone(error)) {
      throw error;
    }
  }
  return { status: "gone" };
}

async function sendRestore(api: Api, id: string): Promise<Task> {
  try {
    return await call(api, "restoreTask", { params: { id } });
  } catch (error) {
    // An earlier attempt whose answer got lost has restored it already.
    if (isGone(error)) {
      return call(api, "getTask", { params: { id } });
    }
    throw error;
  }
}

/**
 * Takes one change to the server. Repeating it does no harm.
 *
 * @throws ApiError
 */
async function sendChange(api: Api, entry: Entry): Promise<Outcome<Task>> {
  const { change, resourceId } = entry;
  switch (change.kind) {
    case "create":
      return stored(
        await call(api, "createTask", { body: change.draft, idempotencyKey: change.key }),
      );
    case "update":
      return sendUpdate(api, entry, change.changes);
    case "delete":
      return sendDelete(api, resourceId);
    case "restore":
      return stored(await sendRestore(api, resourceId));
  }
}

function stored(resource: Task): Outcome<Task> {
  return { status: "stored", resource };
}

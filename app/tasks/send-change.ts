import type { Api } from "@/lib/client/api";
import { ApiError } from "@/lib/client/api-error";
import { call } from "@/lib/client/call";
import { isTask } from "@/lib/client/task-api";
import { fieldsOf, type TaskChanges, type TaskDraft, type WritableField } from "@/lib/tasks/fields";
import type { Task } from "@/lib/tasks/schemas";

const mergeAttemptsMax = 5;

export type Change =
  | { kind: "create"; draft: TaskDraft; key: string }
  | { kind: "update"; changes: TaskChanges }
  | { kind: "delete" }
  | { kind: "restore" };

export type Entry = {
  readonly sequence: number;
  readonly taskId: string;
  readonly change: Change;
  /** The task as the person saw it when making the change. */
  readonly base: Task;
  readonly state: "waiting" | "sending" | "failed" | "conflict";
  readonly error: ApiError | null;
  /** With a conflict, the task as somebody else left it. */
  readonly current: Task | null;
};

/** Somebody else changed the same field; the person decides. */
export class Conflict extends Error {
  readonly current: Task;

  constructor(current: Task) {
    super("The task was changed elsewhere.");
    this.current = current;
  }
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
async function sendUpdate(api: Api, entry: Entry, changes: TaskChanges): Promise<Task> {
  let base = isGone(entry.error)
    ? await call(api, "restoreTask", { params: { id: entry.taskId } })
    : entry.base;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(api, "patchTask", {
        params: { id: entry.taskId },
        body: changes,
        version: base.version,
      });
    } catch (error) {
      const current = currentOf(error);
      if (!current || attempt >= mergeAttemptsMax) {
        throw error;
      }
      if (fieldsOf(changes).every((field) => current[field] === changes[field])) {
        return current;
      }
      if (collidingFields(entry.base, current, changes).length > 0) {
        throw new Conflict(current);
      }
      base = current;
    }
  }
}

async function sendDelete(api: Api, taskId: string): Promise<null> {
  try {
    await call(api, "deleteTask", { params: { id: taskId } });
  } catch (error) {
    if (!isGone(error)) {
      throw error;
    }
  }
  return null;
}

async function sendRestore(api: Api, taskId: string): Promise<Task> {
  try {
    return await call(api, "restoreTask", { params: { id: taskId } });
  } catch (error) {
    // An earlier attempt whose answer got lost has restored it already.
    if (isGone(error)) {
      return call(api, "getTask", { params: { id: taskId } });
    }
    throw error;
  }
}

/**
 * Takes one change to the server and returns the task as it is then, null when it is gone. Repeating
 * it does no harm.
 *
 * @throws Conflict, or the ApiError
 */
export function sendChange(api: Api, entry: Entry): Promise<Task | null> {
  const { change, taskId } = entry;
  switch (change.kind) {
    case "create":
      return call(api, "createTask", { body: change.draft, idempotencyKey: change.key });
    case "update":
      return sendUpdate(api, entry, change.changes);
    case "delete":
      return sendDelete(api, taskId);
    case "restore":
      return sendRestore(api, taskId);
  }
}

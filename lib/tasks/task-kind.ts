import "server-only";
import { Prisma, type Transaction } from "@/lib/db/client";
import { AppError, invalidMembers } from "@/lib/errors";
import type { Change } from "@/lib/operations/sync";
import { createTaskInput, updateTaskInput } from "@/lib/operations/tasks/schemas";
import type { Kind } from "@/lib/sync/kind";
import { createTask } from "@/lib/tasks/create-task";
import { momentOf, taskColumns, taskOfJson, taskTable } from "@/lib/tasks/task-row";
import { deleteTask, restoreTask } from "@/lib/tasks/trash";
import { completeTask, updateTask } from "@/lib/tasks/update-task";

type Apply = (tx: Transaction, userId: string, change: Change) => Promise<unknown>;

const verbs: Record<Change["op"], Apply> = {
  create: (tx, userId, { id, set = {} }) =>
    createTask({ userId }, createTaskInput.parse({ ...set, id }), undefined, tx),
  update: (tx, userId, { id, set = {} }) =>
    updateTask({ userId }, id, updateTaskInput.parse(set), undefined, tx),
  delete: (tx, userId, { id }) => deleteTask({ userId }, id, undefined, tx),
  restore: (tx, userId, { id }) => restoreTask({ userId }, id, tx),
  complete: (tx, userId, { id }) => completeTask({ userId }, id, true, undefined, tx),
  reopen: (tx, userId, { id }) => completeTask({ userId }, id, false, undefined, tx),
  skip: async () => {
    throw new AppError("conflict", "The task does not repeat, so it has no next occurrence.");
  },
};

/** How tasks are synced. */
export const taskKind: Kind = {
  table: taskTable,
  columns: Prisma.sql`${taskColumns}, "deletedAt"`,
  toRow: (columns) => {
    const { deletedAt, ...members } = columns;
    return { kind: "task", ...taskOfJson(members), deletedAt: momentOf(deletedAt) };
  },
  apply: async (tx, userId, change) => {
    refuseUselessSet(change);
    return verbs[change.op](tx, userId, change);
  },
};

function refuseUselessSet({ op, set }: Change): void {
  if (set !== undefined && op !== "create" && op !== "update") {
    throw invalidMembers([{ pointer: "/set", detail: `is not a member of ${op}` }]);
  }
}

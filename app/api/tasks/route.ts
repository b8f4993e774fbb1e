import { otherMethods } from "@/lib/http/other-methods";
import { withJwt } from "@/lib/http/with-jwt";
import { taskOperations } from "@/lib/operations/tasks/task-operations";
import { createTask } from "@/lib/tasks/create-task";
import { listTasksUnlessKnown } from "@/lib/tasks/list-tasks";

export const GET = withJwt(taskOperations.listTasks, ({ caller, query, hasPage }) =>
  listTasksUnlessKnown(caller, query, hasPage),
);

export const POST = withJwt(taskOperations.createTask, ({ caller, body, idempotencyKey }) =>
  createTask(caller, body, idempotencyKey),
);

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("/api/tasks");

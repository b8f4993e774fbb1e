import { otherMethods } from "@/lib/http/other-methods";
import { withJwt } from "@/lib/http/with-jwt";
import { taskOperations } from "@/lib/operations/tasks/task-operations";
import { getTask } from "@/lib/tasks/get-task";
import { deleteTask } from "@/lib/tasks/trash";
import { updateTask } from "@/lib/tasks/update-task";

export const GET = withJwt(taskOperations.getTask, ({ caller, params }) =>
  getTask(caller, params.id),
);

export const PUT = withJwt(taskOperations.updateTask, ({ caller, params, body, ifMatch }) =>
  updateTask(caller, params.id, body, ifMatch),
);

export const PATCH = withJwt(taskOperations.patchTask, ({ caller, params, body, ifMatch }) =>
  updateTask(caller, params.id, body, ifMatch),
);

export const DELETE = withJwt(taskOperations.deleteTask, ({ caller, params, ifMatch }) =>
  deleteTask(caller, params.id, ifMatch),
);

export const { OPTIONS, POST } = otherMethods("/api/tasks/{id}");

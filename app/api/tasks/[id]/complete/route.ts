import { otherMethods } from "@/lib/http/other-methods";
import { withJwt } from "@/lib/http/with-jwt";
import { taskOperations } from "@/lib/operations/tasks/task-operations";
import { completeTask } from "@/lib/tasks/update-task";

export const PATCH = withJwt(taskOperations.completeTask, ({ caller, params, body, ifMatch }) =>
  completeTask(caller, params.id, body.completed, ifMatch),
);

export const { OPTIONS, GET, HEAD, POST, PUT, DELETE } = otherMethods("/api/tasks/{id}/complete");

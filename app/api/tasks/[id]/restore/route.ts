import { otherMethods } from "@/lib/http/other-methods";
import { withJwt } from "@/lib/http/with-jwt";
import { taskOperations } from "@/lib/operations/tasks/task-operations";
import { restoreTask } from "@/lib/tasks/trash";

export const POST = withJwt(taskOperations.restoreTask, ({ caller, params }) =>
  restoreTask(caller, params.id),
);

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods("/api/tasks/{id}/restore");

import { taskResponse } from "@/app/api/tasks/task-response";
import { otherMethods } from "@/lib/http/other-methods";
import { refuseQuery } from "@/lib/http/read-query";
import { refuseBody } from "@/lib/http/refuse-body";
import { withJwt } from "@/lib/http/with-jwt";
import { restoreTask } from "@/lib/tasks/restore-task";
import { taskId } from "@/lib/tasks/task-id";

export const POST = withJwt("tasks:write", async (request, { userId, params }) => {
  const id = taskId(await params);
  refuseQuery(request);
  await refuseBody(request);
  const task = await restoreTask(userId, id);
  return taskResponse(task);
});

export const { OPTIONS, GET, HEAD, PUT, PATCH, DELETE } = otherMethods("POST");

import { taskResponse } from "@/app/api/tasks/task-response";
import { ifMatch } from "@/lib/http/conditional";
import { otherMethods } from "@/lib/http/other-methods";
import { readOptionalJson } from "@/lib/http/read-json";
import { refuseQuery } from "@/lib/http/read-query";
import { withJwt } from "@/lib/http/with-jwt";
import { completeTask } from "@/lib/tasks/complete-task";
import { completeTaskInput } from "@/lib/tasks/schemas";
import { taskId } from "@/lib/tasks/task-id";

export const PATCH = withJwt("tasks:write", async (request, { userId, params }) => {
  const id = taskId(await params);
  refuseQuery(request);
  const { completed } = completeTaskInput.parse(await readOptionalJson(request));
  const task = await completeTask(userId, id, completed, ifMatch(request));
  return taskResponse(task);
});

export const { OPTIONS, GET, HEAD, POST, PUT, DELETE } = otherMethods("PATCH");

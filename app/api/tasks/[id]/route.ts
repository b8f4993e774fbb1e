import { taskReadResponse, taskResponse } from "@/app/api/tasks/task-response";
import { ifMatch } from "@/lib/http/conditional";
import { otherMethods } from "@/lib/http/other-methods";
import { readJson } from "@/lib/http/read-json";
import { refuseQuery } from "@/lib/http/read-query";
import { refuseBody } from "@/lib/http/refuse-body";
import { withJwt } from "@/lib/http/with-jwt";
import { deleteTask } from "@/lib/tasks/delete-task";
import { getTask } from "@/lib/tasks/get-task";
import { updateTaskInput } from "@/lib/tasks/schemas";
import { taskId } from "@/lib/tasks/task-id";
import { updateTask } from "@/lib/tasks/update-task";

export const GET = withJwt("tasks:read", async (request, { userId, params }) => {
  const id = taskId(await params);
  refuseQuery(request);
  const task = await getTask(userId, id);
  return taskReadResponse(request, task);
});

export const PATCH = withJwt("tasks:write", async (request, { userId, params }) => {
  const id = taskId(await params);
  refuseQuery(request);
  const changes = updateTaskInput.parse(await readJson(request));
  const task = await updateTask(userId, id, changes, ifMatch(request));
  return taskResponse(task);
});

export const PUT = PATCH;

export const DELETE = withJwt("tasks:write", async (request, { userId, params }) => {
  const id = taskId(await params);
  refuseQuery(request);
  await refuseBody(request);
  await deleteTask(userId, id, ifMatch(request));
  return new Response(null, { status: 204 });
});

export const { OPTIONS, POST } = otherMethods("GET", "PUT", "PATCH", "DELETE");

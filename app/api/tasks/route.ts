import { idempotencyKey } from "@/lib/http/idempotency-key";
import { otherMethods } from "@/lib/http/other-methods";
import { readJson } from "@/lib/http/read-json";
import { readQuery, refuseQuery } from "@/lib/http/read-query";
import { withJwt } from "@/lib/http/with-jwt";
import { createTask } from "@/lib/tasks/create-task";
import { listTasks } from "@/lib/tasks/list-tasks";
import { listTasksQuery } from "@/lib/tasks/list-tasks-query";
import { createTaskInput } from "@/lib/tasks/schemas";
import { createdResponse } from "./created-response";
import { listResponse } from "./list-response";

export const GET = withJwt("tasks:read", async (request, { userId }) => {
  const query = readQuery(request, listTasksQuery);
  const page = await listTasks(userId, query);
  return listResponse(request, page);
});

export const POST = withJwt("tasks:write", async (request, { userId }) => {
  refuseQuery(request);
  const key = idempotencyKey(request);
  const input = createTaskInput.parse(await readJson(request));
  const created = await createTask(userId, input, key);
  return createdResponse(created);
});

export const { OPTIONS, PUT, PATCH, DELETE } = otherMethods("GET", "POST");

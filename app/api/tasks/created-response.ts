import "server-only";
import type { createTask } from "@/lib/tasks/create-task";
import { taskResponse } from "./task-response";

/** Answers a create: 201 and where the task is, or 200 where an earlier create made it. */
export function createdResponse(created: Awaited<ReturnType<typeof createTask>>): Response {
  const { task, isNew, isReplayed } = created;
  return taskResponse(task, {
    status: isNew ? 201 : 200,
    headers: {
      Location: `/api/tasks/${task.id}`,
      ...(isReplayed && { "Idempotency-Replayed": "true" }),
    },
  });
}

import { z } from "zod";
import { errorTable } from "@/lib/errors";
import { type Task, type TaskList, task, taskList } from "@/lib/operations/tasks/schemas";
import type { Answer } from "@/tests/support/api";

const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.literal(Object.keys(errorTable)),
  requestId: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
  current: task.optional(),
});

/** The task that is an answer's body. */
export function taskIn(answer: Answer): Task {
  return task.parse(answer.body);
}

/** The page of tasks that is an answer's body. */
export function taskListIn(answer: Answer): TaskList {
  return taskList.parse(answer.body);
}

/** The problem document that is an answer's body. */
export function problemIn(answer: Answer): z.infer<typeof problem> {
  return problem.parse(answer.body);
}

import type { TaskDraft } from "@/lib/client/task-api";
import type { Task } from "@/lib/tasks/schemas";

/** The members of a task that say something when it is created. */
export function draftOf(task: Task): TaskDraft {
  const { id, title, description, priority, dueDate, completed } = task;
  return {
    id,
    title,
    ...(description === null ? {} : { description }),
    ...(priority === "none" ? {} : { priority }),
    ...(dueDate === null ? {} : { dueDate }),
    ...(completed ? { completed } : {}),
  };
}

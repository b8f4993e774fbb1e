import { taskKind } from "@/lib/tasks/task-kind";

/** Every kind of resource that is synced, by name. */
export const kinds = { task: taskKind };

import type { Task } from "@/lib/operations/tasks/schemas";
import type { TaskChanges } from "@/lib/tasks/fields";

/** What a row can ask for. The object stays the same between renders. */
export type RowCommands = {
  select: (taskId: string) => void;
  toggleDetails: (taskId: string) => void;
  closeDetails: (taskId: string) => void;
  rename: (taskId: string) => void;
  endRename: (taskId: string) => void;
  change: (task: Task, changes: TaskChanges) => void;
  complete: (task: Task, completed: boolean) => void;
  remove: (task: Task) => void;
  pickDueDate: (taskId: string) => void;
  retry: (taskId: string) => void;
  discard: (taskId: string) => void;
  keepMine: (taskId: string) => void;
  takeTheirs: (taskId: string) => void;
};

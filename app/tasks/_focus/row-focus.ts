export function rowTitleId(taskId: string): string {
  return `task-${taskId}`;
}

export function rowDueDateId(taskId: string): string {
  return `due-${taskId}`;
}

/** Moves the focus to a task's row. Says whether the row is there. */
export function focusRow(taskId: string): boolean {
  const title = document.getElementById(rowTitleId(taskId));
  title?.focus();
  return title !== null;
}

/** The task whose row has the focus. */
export function focusedTaskId(): string | null {
  const row = document.activeElement?.closest("[data-task-id]");
  return row?.getAttribute("data-task-id") ?? null;
}

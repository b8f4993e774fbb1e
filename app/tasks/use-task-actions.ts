import { useMemo, useRef } from "react";
import { useToasts } from "@/app/_ui/toasts";
import type { TaskChanges } from "@/lib/client/task-api";
import type { Task } from "@/lib/tasks/schemas";
import { uuidVersion7 } from "@/lib/uuid-version-7";
import { draftOf } from "./draft-of";
import type { Workspace } from "./workspace";

const undoStepsMax = 100;

type UndoStep = { taskId: string; toastId: number | null; run: () => void };

export type TaskActions = {
  add: (title: string) => Task;
  change: (task: Task, changes: TaskChanges) => void;
  complete: (task: Task, completed: boolean) => void;
  remove: (task: Task) => void;
  /** Takes back the last change and returns the id of its task, or null when there is none. */
  undo: () => string | null;
};

function optimisticTask(userId: string, title: string): Task {
  const now = new Date().toISOString();
  return {
    id: uuidVersion7(),
    userId,
    title,
    description: null,
    completed: false,
    completedAt: null,
    priority: "none",
    dueDate: null,
    version: 0,
    createdAt: now,
    updatedAt: now,
  };
}

function pick(task: Task, changes: TaskChanges): TaskChanges {
  return {
    ...(changes.title === undefined ? {} : { title: task.title }),
    ...(changes.description === undefined ? {} : { description: task.description }),
    ...(changes.completed === undefined ? {} : { completed: task.completed }),
    ...(changes.priority === undefined ? {} : { priority: task.priority }),
    ...(changes.dueDate === undefined ? {} : { dueDate: task.dueDate }),
  };
}

/** What a person can do to tasks. Every change shows at once and can be taken back. */
export function useTaskActions({ userId, outbox }: Workspace): TaskActions {
  const { show, dismiss } = useToasts();
  const steps = useRef<UndoStep[]>([]);

  return useMemo(() => {
    function undoStep(step: UndoStep) {
      steps.current = steps.current.filter((other) => other !== step);
      if (step.toastId !== null) {
        dismiss(step.toastId);
      }
      step.run();
    }

    function undoable(taskId: string, message: string | null, run: () => void) {
      const step: UndoStep = { taskId, toastId: null, run };
      steps.current = [...steps.current, step].slice(-undoStepsMax);
      if (message === null) {
        return;
      }
      const action = { label: "Undo", onAction: () => undoStep(step) };
      step.toastId = show({ message, action });
    }

    function change(task: Task, changes: TaskChanges, message: string | null) {
      outbox.update(task, changes);
      const after = { ...task, ...changes };
      undoable(task.id, message, () => outbox.update(after, pick(task, changes)));
    }

    return {
      add(title) {
        const task = optimisticTask(userId, title);
        outbox.create(draftOf(task), task);
        return task;
      },
      change: (task, changes) => change(task, changes, null),
      complete: (task, completed) =>
        change(task, { completed }, completed ? "Completed" : "Reopened"),
      remove(task) {
        const mayBeStored = outbox.remove(task);
        undoable(task.id, "Deleted", () => {
          if (mayBeStored) {
            outbox.restore(task);
          } else {
            outbox.create(draftOf(task), task);
          }
        });
      },
      undo() {
        const last = steps.current.at(-1);
        if (!last) {
          return null;
        }
        undoStep(last);
        return last.taskId;
      },
    };
  }, [userId, outbox, show, dismiss]);
}

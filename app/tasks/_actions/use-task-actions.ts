import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { belongs, defaultView, type TaskView } from "@/app/tasks/_view/task-view";
import type { Workspace } from "@/app/tasks/_workspace/workspace";
import type { Task } from "@/lib/operations/tasks/schemas";
import { uuidVersion7 } from "@/lib/planning/uuid-version-7";
import { draftOf, fieldsOf, newTask, pickFields, type TaskChanges } from "@/lib/tasks/fields";
import {
  addedElsewhereWords,
  type Calendar,
  type ChangeWords,
  changedWords,
  deletedWords,
  restoredWords,
  takenBackWords,
} from "./change-words";
import type { ChangeToasts, SaidChange } from "./use-change-toasts";

const undoStepsMax = 100;

type UndoStep = SaidChange & { formerTitle: string; undone: ChangeWords; undo: () => void };

export type TaskActions = {
  add: (title: string) => Task;
  change: (task: Task, changes: TaskChanges) => void;
  complete: (task: Task, completed: boolean) => void;
  remove: (task: Task) => void;
  /** Takes back the last change and returns the id of its task, or null when there is none. */
  undo: () => string | null;
};

/** Whether the person last pressed a key, and not the mouse or the screen. */
function useLastInputWasKey(): RefObject<boolean> {
  const wasKey = useRef(false);
  useEffect(() => {
    const note = ({ type }: Event) => {
      wasKey.current = type === "keydown";
    };
    window.addEventListener("keydown", note, true);
    window.addEventListener("pointerdown", note, true);
    return () => {
      window.removeEventListener("keydown", note, true);
      window.removeEventListener("pointerdown", note, true);
    };
  }, []);
  return wasKey;
}

/**
 * What a person can do to tasks. Every change shows at once and can be taken back. A toast says so, and
 * also says each completion and deletion, and each other change by key: a change by pointer shows where
 * the person looks.
 */
export function useTaskActions(
  { userId, outbox }: Workspace,
  toasts: ChangeToasts,
  calendar: Calendar,
): TaskActions {
  const steps = useRef<UndoStep[]>([]);
  const wasByKey = useLastInputWasKey();
  const days = useRef(calendar);
  useEffect(() => {
    days.current = calendar;
  });

  return useMemo(() => {
    function undoStep(step: UndoStep) {
      steps.current = steps.current.filter((other) => other !== step);
      toasts.unsay(step);
      step.undo();
      toasts.say(step.undone, { taskId: step.taskId, title: step.formerTitle });
    }

    function undoable(done: ChangeWords | null, made: Omit<UndoStep, "action">) {
      const step: UndoStep = { ...made, action: { label: "Undo", run: () => undoStep(step) } };
      steps.current = [...steps.current, step].slice(-undoStepsMax);
      if (done) {
        toasts.say(done, step);
      }
    }

    function change(task: Task, changes: TaskChanges) {
      outbox.update(task, changes);
      const after = { ...task, ...changes };
      const former = pickFields(task, fieldsOf(changes));
      const isSaid = changes.completed !== undefined || wasByKey.current;
      undoable(isSaid ? changedWords(changes, days.current) : null, {
        taskId: task.id,
        title: after.title,
        formerTitle: task.title,
        undone: takenBackWords(former, days.current),
        undo: () => outbox.update(after, former),
      });
    }

    function remove(task: Task) {
      const mayBeStored = outbox.remove(task);
      undoable(deletedWords, {
        taskId: task.id,
        title: task.title,
        formerTitle: task.title,
        undone: restoredWords,
        undo: () => {
          if (mayBeStored) {
            outbox.restore(task);
          } else {
            outbox.create(draftOf(task), task);
          }
        },
      });
    }

    return {
      add(title) {
        const draft = { id: uuidVersion7(), title };
        // Version 0 says that the server has not stored it yet.
        const task = { ...newTask(userId, draft, new Date()), version: 0 };
        outbox.create(draft, task);
        return task;
      },
      change,
      complete: (task, completed) => change(task, { completed }),
      remove,
      undo() {
        const last = steps.current.at(-1);
        if (!last) {
          return null;
        }
        undoStep(last);
        return last.taskId;
      },
    };
  }, [userId, outbox, toasts, wasByKey]);
}

/** Adds a task; where the view would hide it, says so and offers to show it. */
export function useAdd(
  add: TaskActions["add"],
  toasts: ChangeToasts,
  view: TaskView,
  change: (changes: Partial<TaskView>) => void,
): (title: string) => void {
  return useCallback(
    (title) => {
      const task = add(title);
      if (belongs(task, view)) {
        return;
      }
      const action = { label: "Show", run: () => change(defaultView) };
      toasts.say(addedElsewhereWords, { taskId: task.id, title, action });
    },
    [add, toasts, view, change],
  );
}

import { useEffect, useMemo } from "react";
import { type ToastContent, type Toasts, useToasts } from "@/app/_ui/toasts";
import type { TaskOutbox } from "@/app/tasks/_workspace/task-outbox";
import type { Workspace } from "@/app/tasks/_workspace/workspace";
import type { ChangeWords } from "./change-words";

/** A change of one task that a toast speaks of. */
export type SaidChange = {
  taskId: string;
  title: string;
  /** What the toast offers to do about it. */
  action?: { label: string; run: () => void };
};

type Group = { words: ChangeWords; toastId: number | undefined; changes: readonly SaidChange[] };

export type ChangeToasts = {
  /** Says that a change is made, unless its task stands there as not saved. */
  say: (words: ChangeWords, change: SaidChange) => void;
  /** Takes a change out of its toast. */
  unsay: (change: SaidChange) => void;
  /** Takes changes that fail out of their toasts, until the returned function is called. */
  watch: () => () => void;
};

function contentOf({ words, changes }: Group): ToastContent {
  const [first] = changes;
  const tasks = new Set(changes.map(({ taskId }) => taskId));
  const message = first && tasks.size === 1 ? words.one(first.title) : words.several(tasks.size);
  if (!first?.action) {
    return { message };
  }
  const onAction = () => {
    for (const { action } of changes.toReversed()) {
      action?.run();
    }
  };
  return { message, action: { label: first.action.label, onAction } };
}

/**
 * The toasts about changes of tasks. Changes of one kind, made one after the other while the toast of
 * the first still stands, share that toast, whose action is about all of them.
 */
function createChangeToasts(outbox: TaskOutbox, toasts: Toasts): ChangeToasts {
  let groups: Group[] = [];

  function isShown({ toastId }: Group): boolean {
    return toastId !== undefined && toasts.isShown(toastId);
  }

  function draw(group: Group) {
    if (group.changes.length > 0) {
      group.toastId = toasts.show(contentOf(group), group.toastId);
    } else if (group.toastId !== undefined) {
      toasts.dismiss(group.toastId);
    }
  }

  function leave(isLeft: (change: SaidChange) => boolean) {
    for (const group of groups.filter(isShown)) {
      const changes = group.changes.filter(isLeft);
      if (changes.length < group.changes.length) {
        group.changes = changes;
        draw(group);
      }
    }
  }

  function stuckTasks(): Set<string> {
    const stuck = outbox
      .entries()
      .filter(({ state }) => state === "failed" || state === "conflict");
    return new Set(stuck.map(({ resourceId }) => resourceId));
  }

  return {
    say(words, change) {
      if (stuckTasks().has(change.taskId)) {
        return;
      }
      groups = groups.filter(isShown);
      const last = groups.at(-1);
      if (last?.words.key === words.key) {
        last.changes = [...last.changes, change];
        draw(last);
      } else {
        const group = { words, toastId: undefined, changes: [change] };
        groups = [...groups, group];
        draw(group);
      }
    },
    unsay: (change) => leave((other) => other !== change),
    watch: () =>
      outbox.subscribe(() => {
        const stuck = stuckTasks();
        if (stuck.size > 0) {
          leave(({ taskId }) => !stuck.has(taskId));
        }
      }),
  };
}

/** The toasts about changes of a workspace's tasks, for as long as the list is there. */
export function useChangeToasts({ outbox }: Workspace): ChangeToasts {
  const toasts = useToasts();
  const changeToasts = useMemo(() => createChangeToasts(outbox, toasts), [outbox, toasts]);
  useEffect(() => changeToasts.watch(), [changeToasts]);
  return changeToasts;
}

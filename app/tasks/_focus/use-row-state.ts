import { useCallback, useEffect, useRef, useState } from "react";
import type { Task } from "@/lib/operations/tasks/schemas";
import { focusRow } from "./row-focus";

const lingerMilliseconds = 450;

/** Which row is current, open, being renamed, or about to leave, and where the focus goes. */
export function useRowState() {
  const [currentId, select] = useState<string | null>(null);
  const [openId, setOpen] = useState<string | null>(null);
  const [renamingId, setRenaming] = useState<string | null>(null);
  const [dueDateId, setDueDate] = useState<string | null>(null);
  const [lingering, setLingering] = useState<ReadonlySet<string>>(new Set());
  const wantedFocus = useRef<string | null>(null);

  // A row that is wanted may only appear with the next render, for example after an undo.
  useEffect(() => {
    if (wantedFocus.current !== null && focusRow(wantedFocus.current)) {
      wantedFocus.current = null;
    }
  });

  const focus = useCallback((taskId: string) => {
    wantedFocus.current = focusRow(taskId) ? null : taskId;
  }, []);

  /** For a row whose title is only there again after the next render. */
  const focusNext = useCallback((taskId: string) => {
    wantedFocus.current = taskId;
  }, []);

  const linger = useCallback((taskId: string) => {
    setLingering((before) => new Set(before).add(taskId));
    setTimeout(() => {
      setLingering((before) => new Set([...before].filter((id) => id !== taskId)));
    }, lingerMilliseconds);
  }, []);

  return {
    currentId,
    openId,
    renamingId,
    dueDateId,
    lingering,
    select,
    setOpen,
    setRenaming,
    setDueDate,
    focus,
    focusNext,
    linger,
  };
}

/** The task after this one, or before it at the end: where the focus goes when this one leaves. */
export function neighborOf(tasks: readonly Task[], taskId: string): Task | undefined {
  const index = tasks.findIndex((task) => task.id === taskId);
  return tasks[index + 1] ?? tasks[index - 1];
}

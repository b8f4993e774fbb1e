"use client";

import { useEffect } from "react";
import { LazyPart } from "@/app/_ui/lazy-part";
import type { Task } from "@/lib/operations/tasks/schemas";

const loadPopup = () => import("./due-date-popup");

export interface DueDatePickerProps {
  task: Task | null;
  today: string | null;
  onPick: (task: Task, dueDate: string | null) => void;
  onClose: () => void;
}

/** Where a due date is chosen, beside the row of its task. Its code loads after the page. */
export function DueDatePicker(props: DueDatePickerProps) {
  useEffect(() => {
    loadPopup().catch(() => {
      // Only a head start: opening it loads it again and says so.
    });
  }, []);

  const { task, today, onClose } = props;
  if (!task || !today) {
    return null;
  }
  return (
    <LazyPart key={task.id} load={loadPopup} props={{ ...props, task, today }} onGiveUp={onClose} />
  );
}

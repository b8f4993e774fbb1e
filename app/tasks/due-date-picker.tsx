"use client";

import { lazy, Suspense, useEffect } from "react";
import type { Task } from "@/lib/tasks/schemas";

const loadPopup = () => import("./due-date-popup");
const DueDatePopup = lazy(loadPopup);

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
      // Only a head start: opening it loads it again and reports the failure.
    });
  }, []);

  const { task, today } = props;
  if (!task || !today) return null;
  return (
    <Suspense>
      <DueDatePopup {...props} task={task} today={today} key={task.id} />
    </Suspense>
  );
}

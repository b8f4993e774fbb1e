"use client";

import { Popover } from "@base-ui/react/popover";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { isComposing } from "@/app/_ui/is-composing";
import { TextField } from "@/app/_ui/text-field";
import { rowDueDateId, rowTitleId } from "@/app/tasks/_focus/row-focus";
import type { Task } from "@/lib/operations/tasks/schemas";
import { dueDateChoices } from "./due-date-words";

interface DueDatePopupProps {
  task: Task;
  today: string;
  onPick: (task: Task, dueDate: string | null) => void;
  onClose: () => void;
}

function anchorOf(taskId: string): Element | null {
  const button = document.getElementById(rowDueDateId(taskId));
  const isShown = button !== null && button.offsetParent !== null;
  return isShown ? button : document.getElementById(rowTitleId(taskId));
}

/** The loaded part of DueDatePicker; import `./due-date-picker` instead. */
export default function DueDatePopup({ task, today, onPick, onClose }: DueDatePopupProps) {
  const [date, setDate] = useState(task.dueDate ?? "");

  function pick(dueDate: string | null) {
    onPick(task, dueDate);
    onClose();
  }

  return (
    <Popover.Root
      open
      modal
      onOpenChange={(open, details) => {
        if (isComposing(details.event)) {
          details.cancel();
        } else if (!open) {
          onClose();
        }
      }}
    >
      {/* Without a box of its own it does not take part in the page's layout. */}
      <Popover.Portal container={document.getElementById("content")} className="contents">
        <Popover.Positioner
          anchor={() => anchorOf(task.id)}
          align="end"
          sideOffset={4}
          className="z-50"
        >
          <Popover.Popup
            finalFocus={() => document.getElementById(rowTitleId(task.id))}
            className="flex w-64 flex-col gap-1 rounded-md bg-surface p-2 shadow-raised outline-none transition duration-150 data-starting-style:opacity-0"
          >
            <Popover.Title className="sr-only">Due date: {task.title}</Popover.Title>
            {dueDateChoices(today).map((choice) => (
              <DateButton
                key={choice.label}
                label={choice.label}
                date={choice.date}
                isChosen={choice.date === task.dueDate}
                onPick={() => pick(choice.date)}
              />
            ))}
            <DateButton
              label="No date"
              date={null}
              isChosen={task.dueDate === null}
              onPick={() => pick(null)}
            />
            <form
              className="flex items-end gap-2 border-t border-line pt-2"
              onSubmit={(event) => {
                event.preventDefault();
                if (date !== "") {
                  pick(date);
                }
              }}
            >
              <div className="min-w-0 flex-1">
                <TextField
                  label="Another date"
                  type="date"
                  min="0001-01-01"
                  max="9999-12-31"
                  value={date}
                  onChange={(event) => setDate(event.currentTarget.value)}
                />
              </div>
              <Button type="submit" className="min-h-10 pointer-coarse:min-h-12">
                Set
              </Button>
            </form>
            {/* Base UI keeps the focus inside only where a button closes it. */}
            <Popover.Close
              render={
                <Button
                  variant="quiet"
                  className="sr-only focus-visible:not-sr-only focus-visible:min-h-10"
                >
                  Close
                </Button>
              }
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface DateButtonProps {
  label: string;
  date: string | null;
  isChosen: boolean;
  onPick: () => void;
}

function DateButton({ label, date, isChosen, onPick }: DateButtonProps) {
  const weekday = date
    ? new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "UTC" }).format(Date.parse(date))
    : null;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onPick}
      className="flex min-h-8 items-center justify-between rounded-sm px-2 py-1 text-start transition-colors hover:bg-hover aria-pressed:bg-accent-soft pointer-coarse:min-h-11"
    >
      {label}
      <span className="text-meta text-muted">{weekday}</span>
    </button>
  );
}

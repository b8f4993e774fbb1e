"use client";

import { CalendarDays, Trash2 } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { Button } from "@/app/_ui/button";
import { Choice } from "@/app/_ui/choice";
import { isComposing } from "@/app/_ui/is-composing";
import { TextArea } from "@/app/_ui/text-area";
import type { RowCommands } from "@/app/tasks/_actions/use-row-commands";
import { dueDateWords } from "@/app/tasks/_dates/due-date-words";
import { priorityOptions } from "@/app/tasks/_view/task-view";
import type { Entry } from "@/app/tasks/_workspace/task-outbox";
import { descriptionLengthMax } from "@/lib/operations/tasks/limits";
import type { Task } from "@/lib/operations/tasks/schemas";
import { codePoints } from "@/lib/planning/text";
import { useSavedText } from "./use-saved-text";

export interface TaskDetailsProps {
  task: Task;
  entry: Entry | undefined;
  today: string | null;
  locale: string;
  commands: RowCommands;
}

function saveState(isDirty: boolean, entry: Entry | undefined): string {
  if (entry?.state === "failed" || entry?.state === "conflict") {
    return "Not saved";
  }
  return isDirty || entry ? "Saving" : "Saved";
}

/** Everything of a task below its row. Notes save by themselves. */
export function TaskDetails({ task, entry, today, locale, commands }: TaskDetailsProps) {
  // What the notes were when typing began: a change from elsewhere meanwhile must not be lost.
  const basis = useRef<Task | null>(null);
  const notes = useSavedText(task.description ?? "", descriptionLengthMax, (text) => {
    commands.change(basis.current ?? task, { description: text === "" ? null : text });
  });
  const excess = codePoints(notes.text) - descriptionLengthMax;
  const tooLong =
    excess > 0
      ? `Notes hold ${descriptionLengthMax} characters, this is ${excess} more.`
      : undefined;

  function press(event: KeyboardEvent) {
    if (event.key !== "Escape" || isComposing(event.nativeEvent)) {
      return;
    }
    event.stopPropagation();
    commands.closeDetails(task.id);
  }

  return (
    <section
      aria-label={`Details: ${task.title}`}
      onKeyDown={press}
      className="ms-9 flex animate-rise flex-col gap-3 pt-1 pe-1 pb-4 pointer-coarse:ms-0 pointer-coarse:gap-4 pointer-coarse:px-3 pointer-coarse:pt-3"
    >
      <TextArea
        label="Notes"
        dir="auto"
        value={notes.text}
        error={tooLong}
        onChange={(event) => {
          if (!notes.isDirty) {
            basis.current = task;
          }
          notes.type(event.currentTarget.value);
        }}
        onBlur={() => {
          if (!tooLong) {
            notes.flush();
          }
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Choice
          legend="Priority"
          options={priorityOptions}
          value={task.priority}
          onChange={(priority) => commands.change(task, { priority })}
        />
        <Button variant="quiet" onClick={() => commands.pickDueDate(task.id)}>
          <CalendarDays aria-hidden="true" className="size-4" strokeWidth={1.75} />
          {task.dueDate ? dueDateWords(task.dueDate, today, locale).text : "Due date"}
        </Button>
        <Button variant="quiet" onClick={() => commands.remove(task)}>
          <Trash2 aria-hidden="true" className="size-4" strokeWidth={1.75} />
          Delete
        </Button>
        <span className="ms-auto text-meta text-muted">
          {tooLong ? "Not saved" : saveState(notes.isDirty, entry)}
        </span>
      </div>
    </section>
  );
}

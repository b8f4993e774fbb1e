"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";
import type { RowCommands } from "@/app/tasks/_actions/use-row-commands";
import { dueDateWords } from "@/app/tasks/_dates/due-date-words";
import { priorityOptions } from "@/app/tasks/_view/task-view";
import { collidingFields, type Entry } from "@/app/tasks/_workspace/task-outbox";
import type { ApiError } from "@/lib/client/api-error";
import type { TaskChanges, WritableField } from "@/lib/tasks/fields";

export interface StuckChangeProps {
  entry: Entry;
  today: string | null;
  locale: string;
  commands: RowCommands;
}

/** What stands under a task whose change is not saved, and the ways out. Nothing typed is lost. */
export function StuckChange({ entry, today, locale, commands }: StuckChangeProps) {
  const isConflict = entry.state === "conflict";
  return (
    <div
      className={`mb-2 ms-9 flex flex-col gap-2 rounded-md px-3 py-2 text-meta text-ink pointer-coarse:ms-12 ${isConflict ? "bg-accent-soft" : "bg-danger-soft"}`}
    >
      {isConflict ? (
        <Collision entry={entry} today={today} locale={locale} commands={commands} />
      ) : (
        <Failure entry={entry} commands={commands} />
      )}
    </div>
  );
}

function Failure({ entry, commands }: { entry: Entry; commands: RowCommands }) {
  const { resourceId: taskId, error, change } = entry;
  return (
    <>
      <p role="alert" className="flex items-start gap-1.5">
        <CircleAlert
          aria-hidden="true"
          className="mt-0.5 size-4 shrink-0 text-danger"
          strokeWidth={1.75}
        />
        <span>
          <span className="font-semibold">Not saved.</span> {error ? failureReason(error) : ""}
        </span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => commands.retry(taskId)}>Retry</Button>
        {change.kind === "create" ? (
          <Button variant="quiet" onClick={() => commands.rename(taskId)}>
            Edit
          </Button>
        ) : null}
        <Button variant="quiet" onClick={() => commands.discard(taskId)}>
          Discard
        </Button>
      </div>
    </>
  );
}

const fieldNames = {
  title: "Title",
  description: "Notes",
  completed: "Completed",
  priority: "Priority",
  dueDate: "Due date",
} satisfies Record<WritableField, string>;

function Collision({ entry, today, locale, commands }: StuckChangeProps) {
  const { base, change, current, resourceId: taskId } = entry;
  if (change.kind !== "update" || !current) {
    return null;
  }
  const { changes } = change;

  function say(field: WritableField, task: TaskChanges): string {
    const value = task[field];
    if (field === "completed") {
      return value ? "yes" : "no";
    }
    if (typeof value !== "string" || value === "") {
      return "nothing";
    }
    if (field === "dueDate") {
      return dueDateWords(value, today, locale).text;
    }
    if (field === "priority") {
      return priorityOptions.find((option) => option.value === value)?.label ?? value;
    }
    return value;
  }

  return (
    <>
      <p role="alert" className="font-semibold">
        Changed elsewhere in the meantime
      </p>
      {collidingFields(base, current, changes).map((field) => (
        <dl key={field} className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          <dt className="text-muted">{fieldNames[field]} there</dt>
          <dd dir="auto" className="whitespace-pre-wrap">
            {say(field, current)}
          </dd>
          <dt className="text-muted">{fieldNames[field]} here</dt>
          <dd dir="auto" className="whitespace-pre-wrap">
            {say(field, changes)}
          </dd>
        </dl>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => commands.keepMine(taskId)}>Keep mine</Button>
        <Button onClick={() => commands.takeTheirs(taskId)}>Take theirs</Button>
      </div>
    </>
  );
}

const failureReasons: Record<string, string> = {
  network: "The server could not be reached.",
  timeout: "The server took too long to answer.",
  signed_out: "You are signed out.",
  another_person: "Somebody else is signed in now.",
  not_found: "This task was deleted elsewhere. Retrying brings it back.",
  rate_limited: "Too many changes in a short time. Wait a moment.",
  unavailable: "The server is not available right now.",
  internal: "Something went wrong on the server.",
  idempotency_in_progress: "An earlier attempt is still under way.",
};

/** Why a change was not saved, for the person who made it. */
function failureReason(error: ApiError): string {
  const [first] = error.errors;
  if (first) {
    return first.detail;
  }
  return failureReasons[error.code] ?? error.detail;
}

"use client";

import { AlignLeft, CalendarDays, Ellipsis, Flag } from "lucide-react";
import { type MouseEvent, memo, useContext } from "react";
import { Completion } from "@/app/_ui/completion";
import { IconButton } from "@/app/_ui/icon-button";
import { Menu } from "@/app/_ui/menu";
import type { MenuItem } from "@/app/_ui/menu-popup";
import { useHydrated } from "@/app/_ui/use-hydrated";
import type { RowCommands } from "@/app/tasks/_actions/use-row-commands";
import { DueDateLabel } from "@/app/tasks/_dates/due-date-label";
import { rowDueDateId, rowTitleId } from "@/app/tasks/_focus/row-focus";
import { HasSingleKeys } from "@/app/tasks/_shortcuts/has-single-keys";
import { type ShortcutId, shownKeys } from "@/app/tasks/_shortcuts/shortcuts";
import { priorityOptions } from "@/app/tasks/_view/task-view";
import type { Entry } from "@/app/tasks/_workspace/task-outbox";
import type { Task } from "@/lib/operations/tasks/schemas";
import { StuckChange } from "./stuck-change";
import { TaskDetails } from "./task-details";
import { TitleField } from "./title-field";

export interface TaskRowProps {
  task: Task;
  /** The task's first change that is not stored yet. */
  entry: Entry | undefined;
  isCurrent: boolean;
  isOpen: boolean;
  isRenaming: boolean;
  isLeaving: boolean;
  today: string | null;
  locale: string;
  commands: RowCommands;
}

/** One task: complete it, open it, rename it, and everything else from its menu. */
export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { task, entry, isCurrent, isOpen, isRenaming, isLeaving, today, locale, commands } = props;
  const isStuck = entry?.state === "failed" || entry?.state === "conflict";
  return (
    <li
      data-task-id={task.id}
      data-pending={entry && !isStuck ? "" : undefined}
      className={`group transition duration-200 ${isLeaving && !isStuck ? "pointer-events-none opacity-0 delay-200" : ""}`}
      onFocus={() => commands.select(task.id)}
    >
      <div
        className={`relative flex min-h-11 items-center gap-1 rounded-md px-1 transition-colors hover:bg-hover pointer-coarse:min-h-12 ${isOpen ? "bg-hover" : ""}`}
      >
        <Completion
          title={task.title}
          checked={task.completed}
          onChange={(completed) => commands.complete(task, completed)}
        />
        {isRenaming ? (
          <TitleField
            title={task.title}
            onSave={(title) => {
              commands.change(task, { title });
              commands.endRename(task.id);
            }}
            onCancel={() => commands.endRename(task.id)}
          />
        ) : (
          <Summary task={task} isOpen={isOpen} today={today} locale={locale} commands={commands} />
        )}
        <RowActions task={task} isCurrent={isCurrent} commands={commands} />
      </div>
      {entry && isStuck ? (
        <StuckChange entry={entry} today={today} locale={locale} commands={commands} />
      ) : null}
      {isOpen ? (
        <TaskDetails task={task} entry={entry} today={today} locale={locale} commands={commands} />
      ) : null}
    </li>
  );
});

// Keeps the mark of the notes on the line of the title's last word.
const noBreakSpace = "\u00a0";

type SummaryProps = Pick<TaskRowProps, "task" | "isOpen" | "today" | "locale" | "commands">;

function Summary({ task, isOpen, today, locale, commands }: SummaryProps) {
  function press(event: MouseEvent) {
    if (event.detail === 2) {
      commands.closeDetails(task.id);
      commands.rename(task.id);
      return;
    }
    commands.toggleDetails(task.id);
  }

  return (
    <button
      type="button"
      id={rowTitleId(task.id)}
      aria-expanded={isOpen}
      onClick={press}
      className="flex min-w-0 flex-1 flex-col justify-center gap-x-3 self-stretch rounded-sm py-2 text-start sm:flex-row sm:items-center sm:pe-2"
    >
      <span
        dir="auto"
        className={`line-clamp-2 min-w-0 text-body sm:flex-1 transition-colors ${task.completed ? "text-muted line-through" : "text-ink"} group-data-pending:text-muted`}
      >
        {task.title}
        {task.description ? (
          <span className="whitespace-nowrap text-muted">
            {noBreakSpace}
            <AlignLeft
              aria-hidden="true"
              className="ms-1 inline size-3.5 align-[-0.125em]"
              strokeWidth={1.75}
            />
            <span className="sr-only">, has notes</span>
          </span>
        ) : null}
      </span>
      <span className="flex shrink-0 flex-wrap items-center gap-x-3 text-meta tabular-nums empty:hidden">
        {task.priority === "none" ? null : <PriorityLabel priority={task.priority} />}
        {task.dueDate ? (
          <DueDateLabel
            date={task.dueDate}
            isCompleted={task.completed}
            today={today}
            locale={locale}
          />
        ) : null}
      </span>
    </button>
  );
}

function PriorityLabel({ priority }: { priority: Task["priority"] }) {
  const label = priorityOptions.find((option) => option.value === priority)?.label;
  return (
    <span
      className={`inline-flex items-center gap-1 ${priority === "high" ? "text-warning" : "text-muted"}`}
    >
      <Flag aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
      {label}
      <span className="sr-only"> priority</span>
    </span>
  );
}

const priorityShortcuts = {
  high: "priorityHigh",
  medium: "priorityMedium",
  low: "priorityLow",
  none: "priorityNone",
} as const;

function rowMenu(task: Task, commands: RowCommands, keys: (id: ShortcutId) => string): MenuItem[] {
  return [
    { label: "Rename", keys: keys("rename"), onSelect: () => commands.rename(task.id) },
    { label: "Due date", keys: keys("dueDate"), onSelect: () => commands.pickDueDate(task.id) },
    ...priorityOptions.map(({ value, label }, index) => ({
      label: value === "none" ? "No priority" : `${label} priority`,
      keys: keys(priorityShortcuts[value]),
      separated: index === 0,
      checked: task.priority === value,
      onSelect: () => {
        if (task.priority !== value) {
          commands.change(task, { priority: value });
        }
      },
    })),
    {
      label: "Delete",
      tone: "danger",
      separated: true,
      keys: keys("remove"),
      onSelect: () => commands.remove(task),
    },
  ];
}

type RowActionsProps = Pick<TaskRowProps, "task" | "isCurrent" | "commands">;

/**
 * Shown on hover and focus, and always where there is no mouse. They stand beside the row where the
 * window is wide, and otherwise in a place that is kept free, so that nothing moves.
 */
function RowActions({ task, isCurrent, commands }: RowActionsProps) {
  const hydrated = useHydrated();
  const hasSingleKeys = useContext(HasSingleKeys);
  const keys = (id: ShortcutId) => (hydrated ? shownKeys(id, hasSingleKeys) : "");
  const shown = isCurrent ? "" : "opacity-0 group-hover:opacity-100 group-focus-within:opacity-100";
  return (
    <span
      className={`flex shrink-0 items-center transition-opacity pointer-fine:lg:absolute pointer-fine:lg:inset-y-0 pointer-fine:lg:start-full pointer-fine:lg:ps-1 pointer-coarse:opacity-100 ${shown}`}
    >
      <IconButton
        id={rowDueDateId(task.id)}
        icon={CalendarDays}
        label={`Due date: ${task.title}`}
        title="Due date"
        aria-haspopup="dialog"
        onClick={() => commands.pickDueDate(task.id)}
        className="max-lg:hidden pointer-coarse:hidden"
      />
      <Menu label={`More: ${task.title}`} icon={Ellipsis} items={rowMenu(task, commands, keys)} />
    </span>
  );
}

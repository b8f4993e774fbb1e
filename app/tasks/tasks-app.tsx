"use client";

import { useRef, useState } from "react";
import { SignInAgain } from "@/app/_account/sign-in-again";
import { useSingleKeys } from "@/app/_account/use-single-keys";
import { useChangeToasts } from "@/app/tasks/_actions/use-change-toasts";
import { useRowCommands } from "@/app/tasks/_actions/use-row-commands";
import { useAdd, useTaskActions } from "@/app/tasks/_actions/use-task-actions";
import { Composer } from "@/app/tasks/_composer/composer";
import { DueDatePicker } from "@/app/tasks/_dates/due-date-picker";
import { useToday } from "@/app/tasks/_dates/use-today";
import { useFieldVisit } from "@/app/tasks/_focus/use-field-visit";
import { useRowState } from "@/app/tasks/_focus/use-row-state";
import { TasksHeader } from "@/app/tasks/_header/tasks-header";
import { NothingHere } from "@/app/tasks/_list/nothing-here";
import { Notices } from "@/app/tasks/_list/notices";
import { TaskList } from "@/app/tasks/_list/task-list";
import { HasSingleKeys } from "@/app/tasks/_shortcuts/has-single-keys";
import { ShortcutSheet } from "@/app/tasks/_shortcuts/shortcut-sheet";
import { useTaskShortcuts } from "@/app/tasks/_shortcuts/use-task-shortcuts";
import { Filters } from "@/app/tasks/_view/filters";
import { type TaskView, viewPath } from "@/app/tasks/_view/task-view";
import { useView } from "@/app/tasks/_view/use-view";
import { useFeed } from "@/app/tasks/_workspace/use-feed";
import { useTasks } from "@/app/tasks/_workspace/use-tasks";
import { useWorkspaceEvents } from "@/app/tasks/_workspace/use-workspace-events";
import { openWorkspace } from "@/app/tasks/_workspace/workspace";
import type { Profile } from "@/lib/account/profile-values";
import type { TaskPage } from "@/lib/client/task-api";

export interface TasksAppProps {
  user: { id: string; email: string };
  /** The person's time zone; null follows the browser. */
  timeZone: Profile["timeZone"];
  firstView: TaskView;
  firstPage: TaskPage;
  /** Where the feed of changes stood before the first page was read. */
  cursor: string;
  /** Whether the person has any task at all. */
  hasTasks: boolean;
  todayGuess: string | null;
  locale: string;
  /** Whether letters, digits and signs alone are shortcuts. */
  hasSingleKeys: boolean;
}

/** The application: one person's tasks, and everything that can be done to them. */
export function TasksApp(props: TasksAppProps) {
  const { user, timeZone, firstView, firstPage, todayGuess, locale } = props;
  const hasSingleKeys = useSingleKeys(props.hasSingleKeys);
  const [workspace] = useState(() => openWorkspace(user.id));
  const { view, change, replace } = useView();
  const rows = useRowState();
  const seed = viewPath(view) === viewPath(firstView) ? firstPage : null;
  const tasks = useTasks(workspace, view, seed, rows.lingering);
  const today = useToday(todayGuess, timeZone);
  const toasts = useChangeToasts(workspace);
  const actions = useTaskActions(workspace, toasts, { today, locale });
  const composer = useRef<HTMLInputElement>(null);
  const commands = useRowCommands({
    workspace,
    actions,
    rows,
    tasks: tasks.tasks,
    view,
    composer,
  });
  const searchField = useRef<HTMLInputElement>(null);
  const { visit, leave } = useFieldVisit();
  const compose = () => visit(composer);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [hasTasks, setHasTasks] = useState(props.hasTasks);
  if (!hasTasks && tasks.tasks.length > 0) {
    setHasTasks(true);
  }
  const add = useAdd(actions.add, toasts, view, change);

  useWorkspaceEvents(workspace);
  useFeed(workspace, props.cursor);
  useTaskShortcuts({
    tasks: tasks.tasks,
    rows,
    commands,
    actions,
    onSearch: () => visit(searchField),
    onCompose: compose,
    onHelp: () => setHelpOpen(true),
    hasSingleKeys,
  });

  return (
    <HasSingleKeys value={hasSingleKeys}>
      <TasksHeader email={user.email} workspace={workspace} onHelp={() => setHelpOpen(true)} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-content flex-col gap-4 px-4 pt-4 pb-32 outline-none"
      >
        <div className="flex items-baseline justify-between gap-4">
          <h1 className="text-title font-semibold text-ink">Tasks</h1>
          <TaskCount count={tasks.isApproximate ? null : tasks.count} view={view} />
        </div>
        <Composer userId={user.id} field={composer} onAdd={add} onLeave={leave} />
        <Filters
          view={view}
          searchField={searchField}
          onChange={change}
          onSearch={(q) => replace({ q })}
          onLeave={leave}
        />
        <Notices workspace={workspace} tasks={tasks} />
        <TaskList
          tasks={tasks}
          view={view}
          rows={rows}
          today={today}
          locale={locale}
          commands={commands}
          empty={
            <NothingHere
              view={view}
              hasTasks={hasTasks}
              onAdd={add}
              onCompose={compose}
              onChange={change}
            />
          }
        />
      </main>
      <DueDatePicker
        task={tasks.tasks.find((task) => task.id === rows.dueDateId) ?? null}
        today={today}
        onPick={(task, dueDate) => commands.change(task, { dueDate })}
        onClose={() => rows.setDueDate(null)}
      />
      <ShortcutSheet open={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <SignInAgain email={user.email} session={workspace.api.session} />
    </HasSingleKeys>
  );
}

const nouns: Record<TaskView["status"], string> = { open: "open", completed: "completed", all: "" };

/** How many tasks the view holds, all pages together; announced when it changes. */
function TaskCount({ count, view }: { count: number | null; view: TaskView }) {
  const isFiltered = view.q !== "" || view.priority !== null;
  const words = [nouns[view.status], count === 1 ? "task" : "tasks", isFiltered ? "match" : ""];
  return (
    <p role="status" className="text-meta text-muted tabular-nums">
      {count === null ? "" : `${count.toLocaleString("en")} ${words.filter(Boolean).join(" ")}`}
    </p>
  );
}

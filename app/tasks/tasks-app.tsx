"use client";

import { useRef, useState } from "react";
import { useSingleKeys } from "@/app/_account/use-single-keys";
import type { Profile } from "@/lib/account/profile-values";
import type { TaskPage } from "@/lib/client/task-api";
import { Composer } from "./composer";
import { DueDatePicker } from "./due-date-picker";
import { Filters } from "./filters";
import { NothingHere } from "./nothing-here";
import { Notices } from "./notices";
import { ShortcutSheet } from "./shortcut-sheet";
import { SignInAgain } from "./sign-in-again";
import { SingleKeys } from "./single-keys";
import { TaskCount } from "./task-count";
import { TaskList } from "./task-list";
import { type TaskView, viewPath } from "./task-view";
import { TasksHeader } from "./tasks-header";
import { useAdd } from "./use-add";
import { useChangeToasts } from "./use-change-toasts";
import { useFieldVisit } from "./use-field-visit";
import { useRowCommands } from "./use-row-commands";
import { useRowState } from "./use-row-state";
import { useTaskActions } from "./use-task-actions";
import { useTaskShortcuts } from "./use-task-shortcuts";
import { useTasks } from "./use-tasks";
import { useToday } from "./use-today";
import { useView } from "./use-view";
import { useWorkspaceEvents } from "./use-workspace-events";
import { openWorkspace } from "./workspace";

export interface TasksAppProps {
  user: { id: string; email: string };
  /** The person's time zone; null follows the browser. */
  timeZone: Profile["timeZone"];
  firstView: TaskView;
  firstPage: TaskPage;
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
    <SingleKeys value={hasSingleKeys}>
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
    </SingleKeys>
  );
}

"use client";

import { CircleCheckBig, ListTodo, SearchX } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { defaultView, type TaskView } from "@/app/tasks/_view/task-view";

export interface NothingHereProps {
  view: TaskView;
  /** Whether the person has any task at all, as far as known. */
  hasTasks: boolean;
  onAdd: (title: string) => void;
  onCompose: () => void;
  onChange: (changes: Partial<TaskView>) => void;
}

/** Why a view is empty, and one next step. */
export function NothingHere({ view, hasTasks, onAdd, onCompose, onChange }: NothingHereProps) {
  if (view.q !== "") {
    return (
      <EmptyState
        icon={SearchX}
        title={`No task matches “${view.q}”`}
        action={<Button onClick={() => onAdd(view.q)}>Add “{view.q}” as a task</Button>}
      >
        The search looks into titles and notes{view.status === "all" ? "" : " of this view"}.
      </EmptyState>
    );
  }
  if (view.priority !== null) {
    return (
      <EmptyState
        icon={SearchX}
        title="No task of this priority"
        action={<Button onClick={() => onChange({ priority: null })}>Show every priority</Button>}
      />
    );
  }
  if (view.status === "completed") {
    return (
      <EmptyState
        icon={CircleCheckBig}
        title="Nothing completed yet"
        action={<Button onClick={() => onChange({ status: "open" })}>Show open tasks</Button>}
      >
        Tasks you complete are kept here.
      </EmptyState>
    );
  }
  if (view.status === "open" && hasTasks) {
    return (
      <EmptyState
        icon={CircleCheckBig}
        title="All done"
        action={
          <Button onClick={() => onChange({ ...defaultView, status: "completed" })}>
            Show completed tasks
          </Button>
        }
      >
        Nothing is left to do in this list.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ListTodo}
      title="Nothing here yet"
      action={<Button onClick={onCompose}>Add the first task</Button>}
    >
      Write down the next thing on your mind. Due date, priority and notes can follow.
    </EmptyState>
  );
}

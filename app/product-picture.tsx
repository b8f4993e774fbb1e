import { Calendar, Check, Flag, Plus } from "lucide-react";

interface PicturedTask {
  title: string;
  due?: string;
  overdue?: boolean;
  priority?: string;
  completed?: boolean;
}

const pictured: readonly PicturedTask[] = [
  { title: "Send the lease back to Mara", due: "Yesterday", overdue: true },
  { title: "Book train tickets to Lisbon", due: "Today", priority: "High" },
  { title: "Draft the talk on token rotation", due: "Tomorrow" },
  { title: "Water the lemon tree", due: "Fri, 27 Nov" },
  { title: "Renew the library card", completed: true },
];

/** The task list as it looks in the application, drawn with the application's own tokens. */
export function ProductPicture() {
  return (
    <div
      role="img"
      aria-label="A list of five tasks in Evo-TODO with due dates and a priority; the last one is completed"
      className="rounded-lg bg-surface p-3 shadow-raised select-none sm:p-5"
    >
      <p className="px-2 text-title font-semibold">Tasks</p>
      <div className="mt-3 flex min-h-10 items-center gap-3 rounded-md border border-edge px-3 text-muted">
        <Plus className="size-4" strokeWidth={1.75} />
        Add a task
      </div>
      <div className="mt-3 divide-y divide-line">
        {pictured.map((task) => (
          <PicturedRow key={task.title} task={task} />
        ))}
      </div>
    </div>
  );
}

function PicturedRow({ task }: { task: PicturedTask }) {
  return (
    <div className="flex min-h-12 items-center gap-3 px-2 py-2">
      <span
        className={`flex size-5 shrink-0 items-center justify-center rounded-full border-2 ${task.completed ? "border-accent bg-accent text-on-accent" : "border-edge"}`}
      >
        {task.completed ? <Check className="size-3.5" strokeWidth={3} /> : null}
      </span>
      <span className={`flex-1 ${task.completed ? "text-muted line-through" : ""}`}>
        {task.title}
      </span>
      {task.priority ? (
        <span className="flex items-center gap-1 text-meta text-danger">
          <Flag className="size-3.5" strokeWidth={1.75} />
          {task.priority}
        </span>
      ) : null}
      {task.due ? (
        <span
          className={`flex items-center gap-1 text-meta ${task.overdue ? "text-danger" : "text-muted"}`}
        >
          <Calendar className="size-3.5" strokeWidth={1.75} />
          {task.due}
        </span>
      ) : null}
    </div>
  );
}

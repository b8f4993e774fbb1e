import { Check, Flag, Plus } from "lucide-react";
import { Kbd } from "@/app/_ui/kbd";

interface PicturedTask {
  title: string;
  due?: string;
  overdue?: boolean;
  priority?: string;
  completed?: boolean;
}

const pictured: readonly PicturedTask[] = [
  { title: "Send the lease back to Mara", due: "Overdue: yesterday", overdue: true },
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
      className="rounded-lg bg-canvas p-3 shadow-raised select-none sm:p-5"
    >
      <p className="px-2 text-title font-semibold">Tasks</p>
      <div className="mt-3 flex min-h-11 items-center gap-3 rounded-md bg-surface ps-2.5 pe-1.5 text-muted shadow-raised">
        <Plus className="size-5 text-accent" strokeWidth={1.75} />
        <span className="flex-1">Add a task</span>
        <Kbd>Q</Kbd>
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
      <span className="flex flex-1 flex-col sm:flex-row sm:items-center">
        <span className={`sm:flex-1 ${task.completed ? "text-muted line-through" : ""}`}>
          {task.title}
        </span>
        <span className="flex items-center gap-3 empty:hidden">
          {task.priority ? (
            <span className="flex items-center gap-1 text-meta text-warning">
              <Flag className="size-3.5" strokeWidth={1.75} />
              {task.priority}
            </span>
          ) : null}
          {task.due ? (
            <span className={`text-meta ${task.overdue ? "text-danger" : "text-muted"}`}>
              {task.due}
            </span>
          ) : null}
        </span>
      </span>
    </div>
  );
}

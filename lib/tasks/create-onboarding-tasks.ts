import "server-only";
import { database, Prisma } from "@/lib/db/client";
import { uuidVersion7 } from "@/lib/planning/uuid-version-7";
import { writeRows } from "@/lib/sync/door";
import { newTask } from "@/lib/tasks/fields";
import { insertedColumns, insertedValues, newTaskCounts, taskCounts } from "@/lib/tasks/task-row";

// The last one is made last, and so stands first in the list.
const firstTasks = [
  {
    title: "Use your tasks from a script",
    description:
      "What you do here with tasks, your programs can do too. The reference is at /docs, where you can try each request with your own tasks.",
  },
  {
    title: "Work from the keyboard",
    description:
      "Press Q for a new task, J and K to move, E to complete, Z to undo, and ? for the whole list of keys.",
  },
  {
    title: "Give a task a due date and a priority",
    description:
      "Open a task to set them, or press T for the date and 1 to 4 for the priority. Then sort the list by either one.",
  },
  {
    title: "Open a task and write a note",
    description: "Notes are plain text and save by themselves.",
  },
  {
    title: "Tick the circle to complete this task",
    description:
      "It moves to the completed ones, which you find under Completed. Tick it there again to bring it back.",
  },
];

/** Gives a new user a few tasks that show how things work here. It does not check what they have already. */
export async function createOnboardingTasks(userId: string): Promise<void> {
  const now = Date.now();
  const rows = firstTasks.map((task, index) => {
    const draft = { ...task, id: uuidVersion7(now + index) };
    return Prisma.sql`(${insertedValues(newTask(userId, draft, new Date(now + index)))})`;
  });
  await writeRows(
    database(),
    userId,
    Prisma.sql`
      INSERT INTO "task" (${insertedColumns}, "seq")
      SELECT "made".*, "number" FROM "owner", (VALUES ${Prisma.join(rows)}) AS "made"
      RETURNING ${newTaskCounts}`,
    taskCounts,
  );
}

import type { Task, TaskList } from "@/lib/operations/tasks/schemas";
import { type Answer, call, type Sent } from "@/tests/support/api";
import { taskIn, taskListIn } from "@/tests/support/bodies";
import { tokenFor } from "@/tests/support/tokens";
import { createUser, type SignedIn } from "@/tests/support/users";

/** A user with a token, who calls the task API. */
export type TaskOwner = {
  id: string;
  token: string;
  send: (method: string, path: string, sent?: Sent) => Promise<Answer>;
  /** Makes a task; a title is given where none is. */
  make: (members?: Record<string, unknown>) => Promise<Task>;
  /** All tasks of a list, page after page. */
  listAll: (query?: Record<string, string>) => Promise<Task[]>;
  page: (query?: Record<string, string>) => Promise<TaskList>;
};

/** @param signedIn the user; a new one where none is given */
export async function taskOwner(signedIn?: SignedIn): Promise<TaskOwner> {
  const user = signedIn ?? (await createUser());
  const token = await tokenFor(user);
  const send = (method: string, path: string, sent: Sent = {}) =>
    call(method, path, { token, ...sent });
  const page = async (query: Record<string, string> = {}) =>
    taskListIn(await send("GET", `/api/tasks?${new URLSearchParams(query)}`));
  return {
    id: user.id,
    token,
    send,
    page,
    make: async (members = {}) =>
      taskIn(await send("POST", "/api/tasks", { body: { title: "A task", ...members } })),
    listAll: (query = {}) => allPages(page, query),
  };
}

async function allPages(
  page: (query: Record<string, string>) => Promise<TaskList>,
  query: Record<string, string>,
): Promise<Task[]> {
  const tasks: Task[] = [];
  let cursor: string | null = null;
  do {
    const found: TaskList = await page({ ...query, ...(cursor !== null && { cursor }) });
    tasks.push(...found.data);
    cursor = found.nextCursor;
  } while (cursor !== null);
  return tasks;
}

import { bearer, type Person, postJson } from "./person";

/** A task as the API answers it, as far as the tests look at it. */
export type StoredTask = {
  id: string;
  title: string;
  description: string | null;
  completed: boolean;
  priority: string;
  dueDate: string | null;
};

export type Draft = { title: string } & Partial<Omit<StoredTask, "id">>;

export type Status = "all" | "open" | "completed";

/** The tasks of a person as the API lists them, oldest first. */
export async function storedTasks(
  url: string,
  { token }: Pick<Person, "token">,
  status: Status = "all",
): Promise<StoredTask[]> {
  const answer = await fetch(`${url}/api/tasks?sort=createdAt&limit=100&status=${status}`, {
    headers: bearer(token),
  });
  const page: { data: StoredTask[] } = await answer.json();
  return page.data;
}

/** The titles of `storedTasks`. */
export async function storedTitles(
  url: string,
  person: Pick<Person, "token">,
  status: Status = "all",
): Promise<string[]> {
  return (await storedTasks(url, person, status)).map((task) => task.title);
}

/** Leaves a person with exactly these tasks, the first of them oldest. */
export async function keepOnly(url: string, person: Person, drafts: Draft[]): Promise<void> {
  for (const { id } of await storedTasks(url, person)) {
    await fetch(`${url}/api/tasks/${id}`, { method: "DELETE", headers: bearer(person.token) });
  }
  for (const draft of drafts) {
    await postJson(`${url}/api/tasks`, draft, bearer(person.token));
  }
}

/** Ends the session of a person, as another device or another tab may do. */
export async function endSession(url: string, person: Person): Promise<void> {
  await postJson(`${url}/api/auth/sign-out`, {}, { cookie: person.cookie });
}

/** The calendar date so many days from now, in UTC as the tests' browser has it. */
export function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

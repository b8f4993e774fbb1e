import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const steps = 2_500;
const slots = 6;

/** What a user's task must be, as far as the model knows. */
type Known = { title: string; completed: boolean; version: number; isDeleted: boolean };

type Step = {
  actor: 0 | 1;
  slot: number;
  what:
    | "create"
    | "update"
    | "toggle"
    | "delete"
    | "restore"
    | "read"
    | "list"
    | "search"
    | "stale";
  title: string;
};

const step: fc.Arbitrary<Step> = fc.record({
  actor: fc.constantFrom(0, 1),
  slot: fc.nat({ max: slots - 1 }),
  what: fc.constantFrom(
    "create",
    "update",
    "toggle",
    "delete",
    "restore",
    "read",
    "list",
    "search",
    "stale",
  ),
  title: fc.constantFrom("red", "green", "blue"),
});

let owners: [TaskOwner, TaskOwner];

beforeAll(async () => {
  owners = [await taskOwner(), await taskOwner()];
});

// Both users work on the same ids, so whatever crosses over shows as a wrong answer.
it("two users who share ids at random never see or change each other's tasks", async () => {
  const ids = Array.from({ length: slots }, () => crypto.randomUUID());
  const models: [Map<string, Known>, Map<string, Known>] = [new Map(), new Map()];
  const seed = Number(process.env.TEST_SEED ?? Date.now());
  const walk = fc.sample(step, { numRuns: steps, seed });
  for (const [index, taken] of walk.entries()) {
    const id = ids[taken.slot] ?? "";
    const said = `seed ${seed}, step ${index}: ${JSON.stringify(taken)}`;
    await take(owners[taken.actor], models[taken.actor], id, taken, said);
  }
  for (const actor of [0, 1] as const) {
    expect(await standing(owners[actor])).toEqual(live(models[actor]));
  }
}, 240_000);

async function take(
  owner: TaskOwner,
  model: Map<string, Known>,
  id: string,
  { what, title }: Step,
  said: string,
) {
  if (what === "list") {
    expect(await standing(owner), said).toEqual(live(model));
    return;
  }
  if (what === "search") {
    const matches = live(model).filter((task) => task.title === title);
    const { data, count } = await owner.page({ q: title });
    expect(data.map((task) => task.id).sort(), said).toEqual(matches.map((task) => task.id));
    expect(count, said).toBe(matches.length);
    return;
  }
  const known = model.get(id);
  const isLive = known !== undefined && !known.isDeleted;
  const answer = await request(owner, id, what, title, known);
  expect(answer.status, said).toBe(expectedStatus(what, known));
  if (answer.status === 412) {
    expect(problemIn(answer).current, said).toMatchObject({ id, userId: owner.id });
  }
  if (answer.status === 200 || answer.status === 201) {
    const next = after(what, title, known);
    expect(taskIn(answer), said).toMatchObject({ ...next, id, userId: owner.id });
    model.set(id, { ...next, isDeleted: false });
  }
  if (answer.status === 204 && isLive) {
    model.set(id, { ...known, version: known.version + 1, isDeleted: true });
  }
}

function request(
  owner: TaskOwner,
  id: string,
  what: Step["what"],
  title: string,
  known: Known | undefined,
) {
  const path = `/api/tasks/${id}`;
  switch (what) {
    case "create":
      // Never the body of an earlier create, so an id that stands is a conflict.
      return owner.send("POST", "/api/tasks", {
        body: { id, title, description: crypto.randomUUID() },
      });
    case "update":
      return owner.send("PATCH", path, { body: { title } });
    case "stale":
      return owner.send("PATCH", path, {
        body: { title: "stale" },
        headers: { "If-Match": `"${(known?.version ?? 0) + 1}"` },
      });
    case "toggle":
      return owner.send("PATCH", `${path}/complete`);
    case "delete":
      return owner.send("DELETE", path);
    case "restore":
      return owner.send("POST", `${path}/restore`);
    default:
      return owner.send("GET", path);
  }
}

function expectedStatus(what: Step["what"], known: Known | undefined): number {
  const isLive = known !== undefined && !known.isDeleted;
  if (what === "create") {
    return known ? 409 : 201;
  }
  if (what === "restore") {
    return known?.isDeleted ? 200 : 404;
  }
  if (!isLive) {
    return 404;
  }
  const others: Partial<Record<Step["what"], number>> = { stale: 412, delete: 204 };
  return others[what] ?? 200;
}

function after(
  what: Step["what"],
  title: string,
  known: Known | undefined,
): Omit<Known, "isDeleted"> {
  if (!known) {
    return { title, completed: false, version: 1 };
  }
  const version = what === "read" ? known.version : known.version + 1;
  return {
    title: what === "update" ? title : known.title,
    completed: what === "toggle" ? !known.completed : known.completed,
    version,
  };
}

function live(model: Map<string, Known>) {
  return [...model]
    .filter(([, known]) => !known.isDeleted)
    .map(([id, { title, completed, version }]) => ({ id, title, completed, version }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

async function standing(owner: TaskOwner) {
  const tasks = await owner.listAll({ limit: "2" });
  expect(tasks.every((task) => task.userId === owner.id)).toBe(true);
  return tasks
    .map(({ id, title, completed, version }) => ({ id, title, completed, version }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

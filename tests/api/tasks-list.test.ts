import { expect, it, vi } from "vitest";
import { database, shareDatabase } from "@/lib/db/client";
import { log } from "@/lib/log";
import { call } from "@/tests/support/api";
import { problemIn, taskListIn } from "@/tests/support/bodies";
import { noteStatements } from "@/tests/support/note-statements";
import { asOtherProgram } from "@/tests/support/other-program";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

async function titles(owner: TaskOwner, query: Record<string, string>) {
  const { data, count } = await owner.page(query);
  expect(count).toBe(data.length);
  return data.map((task) => task.title).sort();
}

it("a new user's list is empty", async () => {
  const owner = await taskOwner();
  const answer = await owner.send("GET", "/api/tasks");
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ data: [], count: 0, nextCursor: null });
  expect(answer.headers.get("link")).toBeNull();
});

it("nobody lists without a token", async () => {
  const refused = await call("GET", "/api/tasks");
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="tasks"');
});

it("the newest tasks come first, a page of them at a time", async () => {
  const owner = await taskOwner();
  for (let made = 0; made <= 50; made += 1) {
    await owner.make({ title: String(made) });
  }
  const page = await owner.page();
  expect(page.data).toHaveLength(50);
  expect(page.count).toBe(51);
  const all = await owner.listAll();
  const newestFirst = [...all].sort((one, other) =>
    one.createdAt === other.createdAt
      ? compare(one.id, other.id)
      : compare(other.createdAt, one.createdAt),
  );
  expect(all).toEqual(newestFirst);
});

it("status, priority and due dates filter, alone and together", async () => {
  const owner = await taskOwner();
  await owner.make({ title: "a", priority: "high", dueDate: "2026-01-01" });
  await owner.make({ title: "b", priority: "high", completed: true, dueDate: "2026-01-02" });
  await owner.make({ title: "c", priority: "low", dueDate: "2026-01-03" });
  await owner.make({ title: "d" });
  const cases: [Record<string, string>, string[]][] = [
    [{}, ["a", "b", "c", "d"]],
    [{ status: "all" }, ["a", "b", "c", "d"]],
    [{ status: "open" }, ["a", "c", "d"]],
    [{ status: "completed" }, ["b"]],
    [{ priority: "high" }, ["a", "b"]],
    [{ priority: "none" }, ["d"]],
    [{ dueBefore: "2026-01-02" }, ["a", "b"]],
    [{ dueAfter: "2026-01-02" }, ["b", "c"]],
    [{ dueAfter: "2026-01-02", dueBefore: "2026-01-02" }, ["b"]],
    [{ dueAfter: "2026-01-03", dueBefore: "2026-01-01" }, []],
    [{ dueAfter: "0001-01-01", dueBefore: "9999-12-31" }, ["a", "b", "c"]],
    [{ status: "open", priority: "high", q: "A" }, ["a"]],
  ];
  for (const [query, expected] of cases) {
    expect(await titles(owner, query), JSON.stringify(query)).toEqual(expected);
  }
});

it("a search finds text as it stands in title or description, in any case", async () => {
  const owner = await taskOwner();
  await owner.make({ title: "ÄPFEL kaufen", description: null });
  await owner.make({ title: "100% sure", description: "a_b and C:\\temp" });
  await owner.make({ title: "Birnen", description: "oder äpfel" });
  await owner.make({ title: "ΟΔΟΣ", description: null });
  await owner.make({ title: "𐐨 deseret", description: "* [x](y) (a+)+$" });
  const cases: [string, string[]][] = [
    ["äpfel", ["Birnen", "ÄPFEL kaufen"]],
    ["ÄPFEL", ["Birnen", "ÄPFEL kaufen"]],
    ["%", ["100% sure"]],
    ["_", ["100% sure"]],
    ["\\", ["100% sure"]],
    ["%sure", []],
    ["a.b", []],
    ["(a+)+$", ["𐐨 deseret"]],
    [" kaufen", ["ÄPFEL kaufen"]],
    ["kaufen ", []],
    ["'; DROP TABLE task; --", []],
    ["οδός".normalize("NFD").replaceAll(/\p{M}/gu, ""), ["ΟΔΟΣ"]],
    ["δοσ", ["ΟΔΟΣ"]],
    ["", ["100% sure", "Birnen", "ÄPFEL kaufen", "ΟΔΟΣ", "𐐨 deseret"]],
    ["x".repeat(200), []],
    ["😀".repeat(200), []],
  ];
  for (const [q, expected] of cases) {
    expect(await titles(owner, { q }), q).toEqual(expected);
  }
});

it.each([
  ["status=done", "?status"],
  ["status=", "?status"],
  ["status=OPEN", "?status"],
  ["status=open&status=open", "?status"],
  ["priority=urgent", "?priority"],
  ["priority[not]=high", "?priority[not]"],
  ["dueBefore=2024-02-30", "?dueBefore"],
  ["dueBefore=", "?dueBefore"],
  ["dueAfter=0000-01-01", "?dueAfter"],
  ["dueAfter=infinity", "?dueAfter"],
  ["sort=id", "?sort"],
  ["sort=-", "?sort"],
  ["sort=--title", "?sort"],
  ["sort=%2BcreatedAt", "?sort"],
  ["sort=title;drop", "?sort"],
  ["limit=0", "?limit"],
  ["limit=101", "?limit"],
  ["limit=-1", "?limit"],
  ["limit=1.0", "?limit"],
  ["limit=1e1", "?limit"],
  ["limit=0x10", "?limit"],
  ["limit=+5", "?limit"],
  ["limit=%2B5", "?limit"],
  ["limit=%205", "?limit"],
  ["limit=", "?limit"],
  ["limit=٣", "?limit"],
  ["limit=99999999999999999999", "?limit"],
  [`q=${"x".repeat(201)}`, "?q"],
  ["q=%00", "?q"],
  ["userId=x", "?userId"],
  ["page=2", "?page"],
  ["__proto__=x", "?__proto__"],
  ["constructor=x", "?constructor"],
  ["access_token=x", "?access_token"],
])("the query %s is refused", async (query, pointer) => {
  const owner = await taskOwner();
  const refused = await owner.send("GET", `/api/tasks?${query}`);
  const problem = problemIn(refused);
  expect(refused.status).toBe(400);
  expect(problem.code).toBe("invalid_input");
  expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
});

it("all wrong parameters are named at once", async () => {
  const owner = await taskOwner();
  const refused = await owner.send("GET", "/api/tasks?limit=0&sort=x&a=1&a=2&b=3");
  expect(
    problemIn(refused)
      .errors?.map((error) => error.pointer)
      .sort(),
  ).toEqual(["?a", "?b", "?limit", "?sort"]);
});

it("malformed escapes in a query are text like any other", async () => {
  const owner = await taskOwner();
  await owner.make();
  expect((await owner.send("GET", "/api/tasks?q=%ff%zz")).body).toMatchObject({ count: 0 });
});

it("a link leads to the next page, and the last page has none", async () => {
  const owner = await taskOwner();
  const made = [await owner.make(), await owner.make(), await owner.make()];
  const first = await owner.send("GET", "/api/tasks?sort=createdAt&limit=2&q=a%20task");
  const target = /^<(\/api\/tasks\?[^>]+)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1];
  const { nextCursor } = taskListIn(first);
  expect(new URLSearchParams(target?.split("?")[1]).get("cursor")).toBe(nextCursor);
  const second = await owner.send("GET", target ?? "");
  expect(second.headers.get("link")).toBeNull();
  expect([...taskListIn(first).data, ...taskListIn(second).data]).toEqual(made);
});

it("an unchanged list is 304, and a changed one is not", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const first = await owner.send("GET", "/api/tasks");
  const headers = { "If-None-Match": first.headers.get("etag") ?? "" };
  const unchanged = await owner.send("GET", "/api/tasks", { headers });
  expect(unchanged).toMatchObject({ status: 304, body: null });
  expect(unchanged.headers.get("etag")).toBe(first.headers.get("etag"));
  expect((await owner.send("HEAD", "/api/tasks", { headers })).status).toBe(304);
  await owner.send("PATCH", `/api/tasks/${id}`, { body: { priority: "high" } });
  expect((await owner.send("GET", "/api/tasks", { headers })).status).toBe(200);
});

it("a list that the sender has costs one read of the owner's row, and no list", async () => {
  const owner = await taskOwner();
  await owner.make();
  const headers = {
    "If-None-Match": (await owner.send("GET", "/api/tasks")).headers.get("etag") ?? "",
  };
  const client = database();
  const statements = noteStatements();
  try {
    expect((await owner.send("GET", "/api/tasks", { headers })).status).toBe(304);
  } finally {
    shareDatabase(client);
  }
  const texts = statements.map(({ args }) => JSON.stringify(args));
  expect(texts.filter((text) => text.includes("syncState"))).toHaveLength(1);
  expect(texts.filter((text) => text.includes('\\"task\\"'))).toEqual([]);
});

it("each page of each list of each user has an ETag of its own", async () => {
  const [owner, other] = [await taskOwner(), await taskOwner()];
  await owner.make();
  await owner.make();
  const { nextCursor } = await owner.page({ limit: "1" });
  const queries = [
    "",
    "?status=open",
    "?limit=1",
    "?sort=title",
    "?q=A",
    `?limit=1&cursor=${nextCursor}`,
  ];
  const sent = [
    ...queries.map((query) => owner.send("GET", `/api/tasks${query}`)),
    other.send("GET", "/api/tasks"),
  ];
  const tags = (await Promise.all(sent)).map(({ headers }) => headers.get("etag"));
  expect(new Set(tags).size).toBe(7);
  expect(tags.every((tag) => /^W\/"[\w-]{43}"$/.test(tag ?? ""))).toBe(true);
});

it.each([
  ["creates", (owner: TaskOwner) => owner.make()],
  ["completes", (owner: TaskOwner, id: string) => owner.send("PATCH", `/api/tasks/${id}/complete`)],
  ["deletes", (owner: TaskOwner, id: string) => owner.send("DELETE", `/api/tasks/${id}`)],
])("a list has another ETag once its owner %s a task", async (_name, change) => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const headers = {
    "If-None-Match": (await owner.send("GET", "/api/tasks")).headers.get("etag") ?? "",
  };
  await change(owner, id);
  expect((await owner.send("GET", "/api/tasks", { headers })).status).toBe(200);
});

it("an altered cursor is refused whatever If-None-Match says", async () => {
  const owner = await taskOwner();
  const headers = { "If-None-Match": "*" };
  const answer = await owner.send("GET", "/api/tasks?cursor=abc", { headers });
  expect([answer.status, problemIn(answer).code]).toEqual([400, "invalid_cursor"]);
});

it("the count by status is that of the tasks, whatever happened to them", async () => {
  const owner = await taskOwner();
  const made = await Promise.all(["1", "2", "3", "4", "5"].map((title) => owner.make({ title })));
  const [first, second, third] = made.map(({ id }) => `/api/tasks/${id}`);
  await owner.send("PATCH", `${first}/complete`);
  await owner.send("PATCH", `${second}/complete`);
  await owner.send("DELETE", second ?? "");
  await owner.send("DELETE", third ?? "");
  const counts = ["all", "open", "completed"].map(async (status) => {
    const { data, count } = await owner.page({ status });
    expect(count).toBe(data.length);
    return count;
  });
  expect(await Promise.all(counts)).toEqual([3, 2, 1]);
});

it("a row that no task can be made of is logged and left out, and paging goes past it", async () => {
  const owner = await taskOwner();
  const shown = [await owner.make(), await owner.make()];
  const poisoned = [await owner.make(), await owner.make()];
  const logged = vi.spyOn(log, "error");
  for (const { id } of poisoned) {
    await asOtherProgram(
      (tx) => tx.$executeRaw`
      UPDATE "task" SET "createdAt" = 'infinity', "updatedAt" = '-infinity' WHERE "id" = ${id}::uuid`,
    );
  }
  for (const sort of ["createdAt", "-createdAt", "updatedAt", "-updatedAt", "title"]) {
    const all = await owner.listAll({ sort, limit: "1" });
    expect(all.map((task) => task.id).sort()).toEqual(shown.map((task) => task.id).sort());
  }
  expect(logged).toHaveBeenCalledWith(
    expect.objectContaining({ taskId: poisoned[0]?.id }),
    expect.any(String),
  );
  logged.mockRestore();
});

function compare(one: string, other: string): number {
  return one < other ? -1 : 1;
}

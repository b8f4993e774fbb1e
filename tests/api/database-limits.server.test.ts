import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createDatabase, type Database, database, shareDatabase } from "@/lib/db/client";
import { createPool } from "@/lib/db/pool";
import { spendFromDeadline, withDatabaseDeadline } from "@/lib/deadline";
import { databaseUrl, onServer } from "@/tests/setup/database-template";
import { startBouncer } from "@/tests/support/pg-bouncer";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const serverUrl = process.env.TEST_DATABASE_URL;
const changes = 60;

let ownUrl = "";
let applicationName = "";
let undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const [row] = await database().$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  ownUrl = databaseUrl(serverUrl ?? "", row?.name ?? "");
});

beforeEach(() => {
  applicationName = "evo-todo";
});

afterEach(async () => {
  for (const step of undo.toReversed()) {
    await step();
  }
  undo = [];
});

describe("at the edge of a server's strength", () => {
  const ways: [name: string, lay: () => Promise<void>][] = [
    ["on a server", async () => {}],
    ["behind a pooler", () => goThroughBouncer()],
    ["behind a pooler with fewer connections", () => goThroughBouncer({ default_pool_size: "3" })],
  ];

  it.each(ways)(
    "%s, no change that was answered 503 takes effect later, and the connections stay within the pool",
    async (_, lay) => {
      const owner = await taskOwner();
      const { id } = await owner.make({ title: "Before" });
      await lay();
      const holder = await lockTask(id);
      const answers = await Promise.all([
        ...Array.from({ length: changes }, () => change(owner, id)),
        ...Array.from({ length: 5 }, () =>
          owner.send("PATCH", `/api/tasks/${id}`, { body: { completed: true } }),
        ),
        ...Array.from({ length: 5 }, () => owner.send("DELETE", `/api/tasks/${id}`)),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
      expect(await connected()).toBeLessThanOrEqual(10);

      await holder.query("COMMIT");
      await vi.waitUntil(async () => (await atWork()) === 0, { timeout: 30_000 });
      const kept = await owner.send("GET", `/api/tasks/${id}`);
      expect(kept.body).toMatchObject({ title: "Before", version: 1, completed: false });
    },
  );

  it("a change that waits for a turn and then for a row is not stored once it was answered", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make({ title: "Before" });
    const holder = await lockTask(id);
    const first = Array.from({ length: 10 }, () => change(owner, id));
    await vi.waitUntil(async () => (await atWork()) === 10, { timeout: 30_000 });
    // These get their connections when the first ones give up, and have little time left then.
    const later = Array.from({ length: 10 }, () => change(owner, id));
    await Promise.all(first);
    const answers = await Promise.all(later);
    await holder.query("COMMIT");
    await vi.waitUntil(async () => (await atWork()) === 0, { timeout: 30_000 });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    const kept = await owner.send("GET", `/api/tasks/${id}`);
    expect(kept.body).toMatchObject({ title: "Before", version: 1 });
  });

  it.each(ways)(
    "%s, a statement has less than what is left of its request's 4 s",
    async (_, lay) => {
      await lay();
      await withDatabaseDeadline(async () => {
        await expectBetween(2_000, 3_700);
        spendFromDeadline(2_000);
        await expectBetween(300, 1_800);
        spendFromDeadline(4_000);
        await expectBetween(100, 900);
      });
      await withDatabaseDeadline(async () => {
        await expectBetween(15_000, 19_700);
      }, 20_000);
    },
  );

  it("an error of one statement costs no connection", async () => {
    const before = await backend();
    await expect(database().$queryRaw`SELECT 1 / 0`).rejects.toThrow();
    expect(await backend()).toBe(before);
  });

  it("while the server has no connection to give, a request waits for its turn", async () => {
    const owner = await taskOwner();
    const role = await limitedRole(3);
    const { id } = await owner.make();
    const pool = openAs(role);
    const taken = await Promise.all([1, 2, 3].map(() => connectAs(role)));
    const waiting = Promise.all([1, 2, 3, 4, 5, 6].map(() => change(owner, id)));
    await vi.waitUntil(() => pool.totalCount > 0, { timeout: 30_000 });
    await Promise.all(taken.map((client) => client.end()));
    expect((await waiting).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it("where the server gives no connection within 4 s, the answer is a 503 that says when to come back", async () => {
    const owner = await taskOwner();
    const role = await limitedRole(1);
    openAs(role);
    const taken = await connectAs(role);
    const startedAt = performance.now();
    const answer = await owner.send("GET", "/api/tasks");
    const milliseconds = performance.now() - startedAt;
    await taken.end();
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(milliseconds).toBeGreaterThan(3_900);
  });
});

function change(owner: TaskOwner, id: string) {
  return owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "After" } });
}

/** Holds the row of a task until the transaction of the answer ends. */
async function lockTask(id: string): Promise<pg.Client> {
  const client = await connectTo(ownUrl);
  await client.query("BEGIN");
  await client.query(`SELECT 1 FROM "task" WHERE "id" = $1::uuid FOR UPDATE`, [id]);
  return client;
}

/** The server's processes that serve the app, but not those of the tests' own connections. */
async function connected(condition = "true"): Promise<number> {
  const { rows } = await onServer(ownUrl, (client) =>
    client.query(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1 AND ${condition}`,
      [applicationName],
    ),
  );
  return rows[0].count;
}

function atWork(): Promise<number> {
  return connected("state <> 'idle'");
}

async function backend(): Promise<unknown> {
  const [row] = await database().$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  return row?.pid;
}

/** Expects of how long the server lets a statement of the app run now. */
async function expectBetween(least: number, most: number): Promise<void> {
  const [row] = await database().$queryRaw<{ milliseconds: number }[]>`
    SELECT (extract(epoch FROM current_setting('statement_timeout')::interval) * 1000)::int AS milliseconds`;
  expect(row?.milliseconds).toBeGreaterThanOrEqual(least);
  expect(row?.milliseconds).toBeLessThanOrEqual(most);
}

/** A role with few connections of its own, which may use this file's database. */
async function limitedRole(connections: number): Promise<string> {
  const role = `evo_few_${crypto.randomUUID().slice(0, 8)}`;
  await onServer(ownUrl, (server) =>
    server.query(
      `CREATE ROLE ${role} LOGIN CONNECTION LIMIT ${connections};
       GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`,
    ),
  );
  undo.push(() =>
    onServer(ownUrl, (server) => server.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)),
  );
  return role;
}

async function connectAs(role: string): Promise<pg.Client> {
  return connectTo(as(role, ownUrl));
}

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  undo.push(() => client.end());
  return client;
}

function openAs(role: string): pg.Pool {
  return openAnother(as(role, ownUrl));
}

async function goThroughBouncer(settings: Record<string, string> = {}): Promise<void> {
  const bouncer = await startBouncer(ownUrl, settings);
  undo.push(bouncer.stop);
  applicationName = "bounced";
  openAnother(`${bouncer.url}?application_name=bounced`);
}

/** Has the app use another address of its database until the test ends. */
function openAnother(url: string): pg.Pool {
  const own: Database = database();
  const pool = createPool(url);
  shareDatabase(createDatabase(new PrismaPg(pool)));
  undo.push(async () => {
    shareDatabase(own);
    await pool.end();
  });
  return pool;
}

function as(role: string, url: string): string {
  const other = new URL(url);
  other.username = role;
  return other.href;
}

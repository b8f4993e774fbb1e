import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "@/lib/db/migrate.mjs";
import { databaseUrl, onServer } from "@/tests/setup/database-template";

// The migrations alone, as most sites have them; the suite's own database is as distribute.sql leaves it.
const serverUrl = process.env.TEST_DATABASE_URL ?? "";
const name = `evo_todo_test_${Math.floor(Date.now() / 1_000)}_${crypto.randomUUID().slice(0, 8)}`;
let client: pg.Client;

beforeAll(async () => {
  await onServer(serverUrl, (server) => server.query(`CREATE DATABASE "${name}"`));
  client = new pg.Client({ connectionString: databaseUrl(serverUrl, name) });
  await client.connect();
  await migrate({
    query: (sql, parameters) => client.query(sql, parameters),
    exec: (sql) => client.query(sql),
  });
});

afterAll(async () => {
  await client.end();
  await onServer(serverUrl, (server) => server.query(`DROP DATABASE "${name}" WITH (FORCE)`));
});

it("what a program writes without numbers is numbered and counted when its transaction ends", async () => {
  await client.query(
    `INSERT INTO "user" (id, name, email) VALUES ('ada', 'Ada', 'ada@example.test')`,
  );
  await client.query(
    `INSERT INTO "task" ("userId", "id", "title")
     SELECT 'ada', gen_random_uuid(), 'Task ' || n FROM generate_series(1, 5) AS n`,
  );
  expect(await state()).toEqual({ head: "2", floor: "0", live: 5, open: 5, numbers: ["2"] });
  await client.query(`BEGIN; UPDATE "task" SET "completed" = true WHERE "title" < 'Task 3';
    UPDATE "task" SET "deletedAt" = now() WHERE "title" = 'Task 5'; COMMIT`);
  expect(await state()).toEqual({ head: "3", floor: "0", live: 4, open: 2, numbers: ["2", "3"] });
  await client.query(`DELETE FROM "task" WHERE "title" = 'Task 5'`);
  expect(await state()).toEqual({ head: "3", floor: "3", live: 4, open: 2, numbers: ["2", "3"] });
  await client.query(`DELETE FROM "user"`);
  expect(await state()).toBeUndefined();
});

async function state() {
  const { rows } = await client.query(
    `SELECT "head", "floor", "liveTasks" AS "live", "openTasks" AS "open",
       (SELECT json_agg(DISTINCT "seq"::text) FROM "task") AS "numbers" FROM "syncState"`,
  );
  return rows[0];
}

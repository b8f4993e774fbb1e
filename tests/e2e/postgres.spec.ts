import { expect, test } from "@playwright/test";
import pg from "pg";
import { freePort } from "../support/free-port";
import { startBouncer } from "../support/pg-bouncer";
import { type App, launchApp, type Settings, startApp } from "./support/app";
import { expectNothingLost } from "./support/expect-nothing-lost";
import { expectRefusedWithinASecond } from "./support/expect-refused-within-a-second";
import { expectShownWithinASecond } from "./support/expect-shown-within-a-second";
import { holdFeeds } from "./support/hold-feeds";
import {
  bearer,
  createAccount,
  createApiKey,
  fetchToken,
  postJson,
  signUp,
} from "./support/person";
import { createDatabase, query } from "./support/postgres";
import { signUpIn } from "./support/sign-up-in";
import { openTasks } from "./support/task-page";
import { layWire } from "./support/wire";

const secret = "a secret that only this test knows about";

let database = { url: "", drop: async () => {} };
let apps: App[] = [];

test.beforeEach(async () => {
  database = await createDatabase();
});

test.afterEach(async () => {
  await Promise.all(apps.map((app) => app.end("SIGKILL")));
  apps = [];
  await database.drop();
});

async function start(settings: Settings = {}): Promise<App> {
  const app = await startApp({
    DATABASE_URL: database.url,
    BETTER_AUTH_SECRET: secret,
    RATE_LIMIT_PER_MINUTE: "0",
    ...settings,
  });
  apps.push(app);
  return app;
}

/** Two processes of one site on one empty database, as behind a load balancer. */
async function startTwo(): Promise<[App, App]> {
  const port = String(await freePort());
  const site = { BETTER_AUTH_URL: `http://localhost:${port}`, TRUST_PROXY: "1" };
  return Promise.all([start({ ...site, PORT: port }), start(site)]);
}

test("two processes that migrate at once both serve, and a herd of first calls makes one key", async () => {
  const [one, two] = await startTwo();
  const { cookie } = await createAccount(one.url);
  const { host } = new URL(one.url);
  const tokens = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      fetchToken(index % 2 === 0 ? one.url : two.url, cookie, host),
    ),
  );
  expect(await query(database.url, "SELECT id FROM jwks")).toHaveLength(1);
  for (const token of tokens) {
    const answer = await fetch(`${two.url}/api/tasks`, { headers: bearer(token) });
    expect(answer.status).toBe(200);
  }
});

test("killed in the middle of writes, the app loses no acknowledged task", async () => {
  await expectNothingLost(start);
});

for (const state of ["cut", "frozen"] as const) {
  test(`while the database is ${state}, every answer is a 503 within 5 s, and all recovers within 5 s`, async () => {
    const wire = await layWire(database.url);
    const app = await start({ DATABASE_URL: wire.url });
    const person = await signUp(app.url);
    const list = () => fetch(`${app.url}/api/tasks`, { headers: bearer(person.token) });
    const page = () => fetch(`${app.url}/tasks`, { headers: { cookie: person.cookie } });
    const ready = () => fetch(`${app.url}/api/health/ready`);
    const token = () => fetch(`${app.url}/api/auth/token`, { headers: { cookie: person.cookie } });
    expect((await list()).status).toBe(200);
    expect((await page()).status).toBe(200);

    wire.set(state);
    for (const ask of [list, page, ready, token]) {
      const startedAt = Date.now();
      const answer = await ask();
      expect(answer.status, answer.url).toBe(503);
      expect(answer.headers.get("retry-after"), answer.url).toMatch(/^\d+$/);
      expect(Date.now() - startedAt, answer.url).toBeLessThan(5_000);
    }

    wire.set("up");
    for (const ask of [list, page, ready, token]) {
      await expect
        .poll(async () => (await ask()).status, { timeout: 5_000, intervals: [100] })
        .toBe(200);
    }
    await app.end("SIGKILL");
    wire.close();
  });
}

test("signing out in one process ends the token in the other within a second", async () => {
  const [one, two] = await startTwo();
  const person = await signUp(one.url);
  const list = () => fetch(`${two.url}/api/tasks`, { headers: bearer(person.token) });
  expect((await list()).status).toBe(200);

  const out = await postJson(`${one.url}/api/auth/sign-out`, {}, { cookie: person.cookie });
  expect(out.status).toBe(200);
  await expectRefusedWithinASecond(list);
});

test("a task made by one process shows within a second in a page of the other", async ({
  browser,
}) => {
  const [one, two] = await startTwo();
  const context = await browser.newContext({ baseURL: one.url });
  const person = await signUpIn(context);
  const page = await context.newPage();
  await openTasks(page);
  await expectShownWithinASecond(page, two.url, person.token);
  await context.close();
});

test("signing out in one process ends a request that the other holds, within about a second", async () => {
  const [one, two] = await startTwo();
  const person = await signUp(one.url);
  const { answers } = await holdFeeds(two.url, bearer(person.token), 1);
  const out = await postJson(`${one.url}/api/auth/sign-out`, {}, { cookie: person.cookie });
  const signedOutAt = performance.now();
  expect(out.status).toBe(200);
  const [ended] = await Promise.all(answers);
  expect(ended?.status).toBe(401);
  expect(await ended?.json()).toMatchObject({ code: "invalid_token" });
  expect(performance.now() - signedOutAt).toBeLessThan(2_000);
});

test("a key revoked in one process, and its token, are out within a second in the other", async () => {
  const [one, two] = await startTwo();
  const { cookie } = await createAccount(one.url);
  const { id, key } = await createApiKey(one.url, cookie);
  const exchange = () =>
    fetch(`${two.url}/api/token`, { method: "POST", headers: { "x-api-key": key } });
  const { token }: { token: string } = await (await exchange()).json();
  const list = () => fetch(`${two.url}/api/tasks`, { headers: bearer(token) });
  expect((await list()).status).toBe(200);

  const body = { keyId: id };
  const revoked = await postJson(`${one.url}/api/auth/api-key/delete`, body, { cookie });
  expect(revoked.status).toBe(200);
  expect((await exchange()).status).toBe(401);
  await expectRefusedWithinASecond(list);
});

for (const way of ["on a server", "behind a transaction pooler without DIRECT_URL"]) {
  test(`${way}, none of 60 changes that were answered 503 takes effect later, and the backends stay within the pool`, async () => {
    const bouncer = way === "on a server" ? undefined : await startBouncer(database.url);
    const app = await start({ DATABASE_URL: bouncer?.url ?? database.url });
    const { token } = await signUp(app.url);
    const headers = { ...bearer(token), "content-type": "application/json" };
    const send = (method: string, path: string, title: string) =>
      fetch(`${app.url}${path}`, { method, headers, body: JSON.stringify({ title }) });
    const { id } = await (await send("POST", "/api/tasks", "Before")).json();
    const release = await lockTask(id);

    const answers = await Promise.all(
      Array.from({ length: 60 }, () => send("PATCH", `/api/tasks/${id}`, "After")),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    expect(await backends("true")).toBeLessThanOrEqual(10);
    await release();
    await expect.poll(() => backends("state <> 'idle'")).toBe(0);
    const kept = await fetch(`${app.url}/api/tasks/${id}`, { headers });
    expect(await kept.json()).toMatchObject({ title: "Before", version: 1 });
    await app.end("SIGKILL");
    await bouncer?.stop();
  });
}

test("a start that no waiting mends ends at once, and says the cause and the way out", async () => {
  const url = new URL(database.url);
  url.pathname = "/nothing-at-all";
  url.password = "secret-word";
  const startedAt = performance.now();
  const app = await launchApp({ DATABASE_URL: url.href, BETTER_AUTH_SECRET: secret });
  apps.push(app);
  expect(await app.exit).toBe(1);
  expect(performance.now() - startedAt).toBeLessThan(30_000);
  expect(app.output()).toMatch(/no database of this name.*CREATE DATABASE/);
  expect(app.output()).not.toContain("secret-word");
});

/** How many of the server's processes serve the app. */
async function backends(condition: string): Promise<number> {
  const [row] = await query(
    database.url,
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'evo-todo' AND ${condition}`,
  );
  return Number(row?.count);
}

/** Locks the row of a task until it is released. */
async function lockTask(id: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("BEGIN");
  await client.query(`SELECT 1 FROM "task" WHERE "id" = $1::uuid FOR UPDATE`, [id]);
  return async () => {
    await client.query("COMMIT");
    await client.end();
  };
}

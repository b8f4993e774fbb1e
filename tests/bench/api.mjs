// `npm run bench`: the CPU time of a request to the built app, as a multiple of a request to a bare
// Next app, measured in turns within one run, so that it can be compared between machines and
// changes. Writes specs/performance.md. BENCH_DATABASE_URL names a Postgres server of this machine in
// place of one that is started; BENCH_ROUNDS and BENCH_REQUESTS make it longer or shorter.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startBareApp } from "./bare-app.mjs";
import { cpuTime, parentOf } from "./cpu-time.mjs";
import { startPostgres } from "./postgres.mjs";
import { startBuild } from "./start-build.mjs";

const connections = 16;
const rounds = Number(process.env.BENCH_ROUNDS || 7);
const requestsPerTurn = Number(process.env.BENCH_REQUESTS || 400);
const warmUpFactor = 3;
const report = "specs/performance.md";
let requestsSoFar = 0;

/** @typedef {{ token: string, ids: string[], etag: string }} Account */
/** @typedef {{ method?: string, path: string, headers?: Record<string, string>, body?: unknown, status: number }} Call */
/** @typedef {{ name: string, against: string, goal: number, call: (index: number) => Call }} Case */
/** @typedef {{ server: number, database: number }} Cost */
/** @typedef {Cost & { base: number }} Turn what a request cost, and one of what it is compared with */

/** @type {Case} */
const bareCase = {
  name: "the bare route",
  against: "",
  goal: 0,
  call: () => ({ path: "/api", status: 200 }),
};

const own = process.env.BENCH_DATABASE_URL ? undefined : await startPostgres();
const databaseUrl = process.env.BENCH_DATABASE_URL || own?.url || "";
const sql = new pg.Client(databaseUrl);
const data = mkdtempSync(join(tmpdir(), "evo-bench-"));
const bare = await startBareApp();
const app = await startBuild({
  PGLITE_DIR: data,
  DATABASE_URL: databaseUrl,
  RATE_LIMIT_PER_MINUTE: "0",
  BETTER_AUTH_SECRET: randomBytes(32).toString("base64"),
  JWT_EXPIRES_IN: "12h",
  MAX_TASKS_PER_USER: "0",
});
try {
  await sql.connect();
  const postgres = own?.pid ?? (await postmasterPid());
  const text = document(await measureAll(await prepareCases(), postgres));
  console.log(text);
  writeFileSync(report, text);
} finally {
  await sql.end();
  await app.end();
  await bare.end();
  rmSync(data, { recursive: true, force: true });
}

/** @returns {Promise<Case[]>} */
async function prepareCases() {
  const few = await makeAccount("few", 50);
  const hundred = await makeAccount("hundred", 100);
  const many = await makeAccount("many", 100_000);
  const creator = await makeAccount("creator", 0);
  /** @type {string[]} */
  const tokens = [];
  for (let left = 1_000; left > 0; left -= 1) {
    tokens.push(await fetchToken(few.cookie));
  }
  const list = (/** @type {Account} */ account) => () => get("/api/tasks", account.token);
  const floor = bareCase.name;
  return [
    bareCase,
    { name: "a list of 50 tasks", against: floor, goal: 2.5, call: list(few) },
    { name: "one task", against: floor, goal: 2, call: (n) => get(pathOf(few, n), few.token) },
    {
      name: "a list that is not modified (304)",
      against: floor,
      goal: 1.8,
      call: () => get("/api/tasks", few.token, { "If-None-Match": few.etag }, 304),
    },
    { name: "an update", against: floor, goal: 2.5, call: (n) => update(hundred, n) },
    { name: "a completion", against: floor, goal: 2.5, call: (n) => complete(hundred, n) },
    { name: "a create", against: floor, goal: 3, call: (n) => create(creator, n) },
    {
      name: "a list with 1,000 tokens in turn",
      against: "a list of 50 tasks",
      goal: 1.1,
      call: (n) => get("/api/tasks", tokens[n % tokens.length] ?? ""),
    },
    { name: "a first page of 100", against: floor, goal: 0, call: list(hundred) },
    {
      name: "a first page of 100,000",
      against: "a first page of 100",
      goal: 1.2,
      call: list(many),
    },
    {
      name: "an update among 100,000",
      against: "an update",
      goal: 1.2,
      call: (n) => update(many, n),
    },
    {
      name: "a create among 100,000",
      against: "a create",
      goal: 1.2,
      call: (n) => create(many, n),
    },
  ];
}

/**
 * @param {string} path
 * @param {string} token
 * @param {Record<string, string>} [headers]
 * @param {number} [status]
 * @returns {Call}
 */
function get(path, token, headers = {}, status = 200) {
  return { path, headers: { Authorization: `Bearer ${token}`, ...headers }, status };
}

/**
 * @param {Account} account
 * @param {number} n
 * @returns {Call}
 */
function update(account, n) {
  return {
    ...sent(account),
    method: "PATCH",
    path: pathOf(account, n),
    body: { title: `New ${n}` },
  };
}

/**
 * @param {Account} account
 * @param {number} n
 * @returns {Call}
 */
function complete(account, n) {
  return { ...sent(account), method: "PATCH", path: `${pathOf(account, n)}/complete`, body: {} };
}

/**
 * @param {Account} account
 * @param {number} n
 * @returns {Call}
 */
function create(account, n) {
  const body = { title: `Task ${n}`, priority: "low" };
  return { ...sent(account), method: "POST", path: "/api/tasks", body, status: 201 };
}

/** @param {Account} account */
function sent({ token }) {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  return { headers, status: 200 };
}

/**
 * @param {Account} account
 * @param {number} n
 */
function pathOf({ ids }, n) {
  return `/api/tasks/${ids[n % ids.length]}`;
}

/**
 * @param {string} name
 * @param {number} tasks
 * @returns {Promise<Account & { cookie: string }>}
 */
async function makeAccount(name, tasks) {
  const signUp = await fetch(`${app.url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      name,
      email: `${name}-${Date.now()}@example.com`,
      password: "a passphrase for measuring",
    }),
  });
  if (!signUp.ok) {
    throw new Error(`The sign-up answered ${signUp.status}: ${await signUp.text()}`);
  }
  const lines = signUp.headers.getSetCookie();
  const cookie = lines.map((line) => line.split(";", 1)[0]).join("; ");
  const token = await fetchToken(cookie);
  await fill(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).sub, tasks);
  const list = await fetch(`${app.url}/api/tasks?limit=100`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  /** @type {{ data: { id: string }[] }} */
  const { data: page } = await list.json();
  const first = await fetch(`${app.url}/api/tasks`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return { cookie, token, ids: page.map(({ id }) => id), etag: first.headers.get("etag") ?? "" };
}

/**
 * Gives a user so many tasks and no other, as if they had been made one after the other.
 *
 * @param {string} userId
 * @param {number} tasks
 */
async function fill(userId, tasks) {
  await sql.query("BEGIN");
  await sql.query('DELETE FROM "task" WHERE "userId" = $1', [userId]);
  await sql.query(
    `INSERT INTO "task" ("id", "userId", "title", "titleLower", "seq", "createdAt", "updatedAt")
     SELECT gen_random_uuid(), $1, 'Task ' || n, 'task ' || n, 1, made, made
     FROM generate_series(1, $2::int) AS n, LATERAL (SELECT now() - n * interval '1 s' AS made) AS moment`,
    [userId, tasks],
  );
  await sql.query('UPDATE "syncState" SET "liveTasks" = $2, "openTasks" = $2 WHERE "userId" = $1', [
    userId,
    tasks,
  ]);
  await sql.query("COMMIT");
  await sql.query("VACUUM ANALYZE");
}

/** @param {string} cookie */
async function fetchToken(cookie) {
  const answer = await fetch(`${app.url}/api/auth/token`, { headers: { cookie } });
  /** @type {{ token: string }} */
  const { token } = await answer.json();
  return token;
}

/** The process above the one that answers us, where it runs on this machine. */
async function postmasterPid() {
  const { rows } = await sql.query(
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'",
  );
  return parentOf(rows[0]?.pid);
}

/**
 * Measures the cases in turns, round by round; the first round warms up, and is longer. Each case
 * that is compared with the bare route is measured right after it.
 *
 * @param {Case[]} cases
 * @param {number} postgres the server's process
 */
async function measureAll(cases, postgres) {
  /** @type {Map<Case, Turn[]>} */
  const turns = new Map(cases.map((each) => [each, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const requests = requestsPerTurn * (round === 0 ? warmUpFactor : 1);
    /** @type {Map<string, number>} */
    const totals = new Map();
    for (const each of cases) {
      if (each.against === bareCase.name) {
        totals.set(bareCase.name, total(await measure(bareCase, requests, postgres)));
      }
      const cost = await measure(each, requests, postgres);
      totals.set(each.name, total(cost));
      if (round > 0) {
        turns.get(each)?.push({ ...cost, base: totals.get(each.against) ?? Number.NaN });
      }
    }
    console.log(`round ${round} of ${rounds}`);
  }
  return turns;
}

/**
 * @param {Case} subject
 * @param {number} requests
 * @param {number} postgres
 * @returns {Promise<Cost>} of one request
 */
async function measure(subject, requests, postgres) {
  const { url, pid } = subject === bareCase ? bare : app;
  const before = { server: cpuTime(pid), database: cpuTime(postgres) };
  await load(url, subject, requests);
  const database = subject === bareCase ? 0 : (cpuTime(postgres) - before.database) / requests;
  return { server: (cpuTime(pid) - before.server) / requests, database };
}

/**
 * Asks for one thing over and over, on every connection at once.
 *
 * @param {string} url
 * @param {Case} subject
 * @param {number} requests
 */
async function load(url, subject, requests) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = requestsSoFar + requests;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (requestsSoFar < end) {
        requestsSoFar += 1;
        await ask(agent, url, subject.call(requestsSoFar));
      }
    }),
  );
  agent.destroy();
}

/**
 * @param {Agent} agent
 * @param {string} url
 * @param {Call} call
 * @returns {Promise<void>}
 */
function ask(agent, url, { method = "GET", path, headers = {}, body, status }) {
  return new Promise((done, fail) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const length = text ? { "Content-Length": Buffer.byteLength(text) } : {};
    request(url + path, { agent, method, headers: { ...headers, ...length } }, (answer) => {
      answer.resume();
      answer.once("end", () =>
        answer.statusCode === status
          ? done()
          : fail(new Error(`${method} ${path} answered ${answer.statusCode}`)),
      );
    })
      .once("error", fail)
      .end(text);
  });
}

/** @param {Map<Case, Turn[]>} turns */
function document(turns) {
  const rows = [...turns].map(([{ name, against, goal }, all]) => {
    const ratios = all.map((turn) => total(turn) / turn.base);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    const compared = against ? [median(ratios).toFixed(2), range, against] : ["1", "", ""];
    const times = [all.map(({ server }) => server), all.map(({ database }) => database)];
    const cells = [name, ...times.map((each) => median(each).toFixed(2)), ...compared];
    return `| ${[...cells, goal ? goal.toFixed(1) : ""].join(" | ")} |`;
  });
  const floor = (turns.get(bareCase) ?? []).map(total);
  const noise = (Math.max(...floor) / Math.min(...floor)).toFixed(2);
  return `# Performance

Written by \`npm run bench\`: the CPU time of one request in milliseconds, user and system together, of the server's processes and of Postgres, with ${connections} connections. Each ratio is the sum of both divided by that of the case it is compared with, measured in the same round (the bare route: right before); the bare route is a Next app with one route handler that answers small JSON. Times belong to the machine; ratios can be compared.

Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${rounds} rounds of ${requestsPerTurn} requests after one that warms up. Noise: the slowest round of the bare route took ${noise} times as long as its fastest. All tokens of one case are of one session.

| case | server ms | Postgres ms | ratio, median | ratio, all rounds | compared with | goal at most |
|---|---|---|---|---|---|---|
${rows.join("\n")}
`;
}

/** @param {Cost} cost */
function total({ server, database }) {
  return server + database;
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

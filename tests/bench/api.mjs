// `npm run bench`: how fast the built app answers. Absolute numbers belong to the machine; the
// ratios, taken in turns within one run, can be compared between machines and changes.
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBuild } from "./start-build.mjs";

const connections = 16;
const rounds = 5;
const secondsPerRound = 2;
const taskCount = 50;

const data = mkdtempSync(join(tmpdir(), "evo-bench-"));
const app = await startBuild({
  PGLITE_DIR: data,
  DATABASE_URL: process.env.DATABASE_URL ?? "",
  RATE_LIMIT_PER_MINUTE: "0",
  LOG_LEVEL: "warn",
});
try {
  const token = await prepareTasks();
  const authorization = { Authorization: `Bearer ${token}` };
  const subjects = [
    { name: "an empty JSON handler", path: "/api/health/live", headers: {} },
    { name: `a list of ${taskCount} tasks`, path: "/api/tasks", headers: authorization },
  ];
  const times = subjects.map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const measured = await load(subject);
      // The first round warms up.
      times[index]?.push(...(round === 0 ? [] : measured));
    }
  }
  printTable(subjects.map(({ name }, index) => ({ name, ...summary(times[index] ?? []) })));
} finally {
  await app.end();
  rmSync(data, { recursive: true, force: true });
}

async function prepareTasks() {
  const email = `bench-${Date.now()}@example.com`;
  const signUp = await post("/api/auth/sign-up/email", {
    name: "Bench",
    email,
    password: "a passphrase for measuring",
  });
  const cookie = signUp.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  const answer = await fetch(`${app.url}/api/auth/token`, { headers: { cookie } });
  /** @type {{ token: string }} */
  const { token } = await answer.json();
  for (let index = 0; index < taskCount; index += 1) {
    const title = `Task ${index}`;
    await post("/api/tasks", { title, priority: "low" }, { Authorization: `Bearer ${token}` });
  }
  return token;
}

/**
 * @param {string} path
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 */
async function post(path, body, headers = {}) {
  const answer = await fetch(app.url + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  }
  return answer;
}

/**
 * Asks for one thing over and over on every connection.
 *
 * @param {{ path: string, headers: Record<string, string> }} subject
 * @returns {Promise<number[]>} the milliseconds of each answer
 */
async function load({ path, headers }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const endsAt = performance.now() + secondsPerRound * 1_000;
  const times = await Promise.all(
    Array.from({ length: connections }, async () => {
      const own = [];
      while (performance.now() < endsAt) {
        const startedAt = performance.now();
        await get(agent, path, headers);
        own.push(performance.now() - startedAt);
      }
      return own;
    }),
  );
  agent.destroy();
  return times.flat();
}

/**
 * @param {Agent} agent
 * @param {string} path
 * @param {Record<string, string>} headers
 * @returns {Promise<void>}
 */
function get(agent, path, headers) {
  return new Promise((done, fail) => {
    request(app.url + path, { agent, headers }, (answer) => {
      answer.resume();
      answer.once("end", () =>
        answer.statusCode === 200 ? done() : fail(new Error(`${path}: ${answer.statusCode}`)),
      );
    })
      .once("error", fail)
      .end();
  });
}

/** @param {number[]} times */
function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  /** @param {number} share */
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { rate: times.length / (rounds * secondsPerRound), p50: at(0.5), p95: at(0.95) };
}

/** @param {{ name: string, rate: number, p50: number, p95: number }[]} rows */
function printTable(rows) {
  const base = rows[0]?.rate ?? 1;
  console.log("what answers | requests/s | p50 ms | p95 ms | of the first");
  for (const { name, rate, p50, p95 } of rows) {
    const numbers = [rate.toFixed(0), p50.toFixed(1), p95.toFixed(1), (rate / base).toFixed(2)];
    console.log(`${name} | ${numbers.join(" | ")}`);
  }
}

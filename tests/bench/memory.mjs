// `npm run bench:memory`: whether the built app lives within the memory that the README promises,
// while people sign in and use it. A control group of its own holds each process to the limit, where
// this machine lets us make one; else the peak of the resident set is compared with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./start-build.mjs";

const mebibyte = 2 ** 20;
const seconds = 15;
const people = 4;
const signInsAtOnce = 6;
const readersAtOnce = 12;
const password = "a passphrase for measuring";

/** @typedef {{ email: string, cookie: string, token: string }} Account */
/** @typedef {{ name: string, limit: number, settings: Record<string, string> }} Case */

const data = mkdtempSync(join(tmpdir(), "evo-bench-memory-"));
const embedded = { PGLITE_DIR: data, DATABASE_URL: "" };
/** @type {Case[]} */
const cases = [
  { name: "embedded, first start", limit: 768, settings: embedded },
  { name: "embedded, with data", limit: 512, settings: embedded },
];
if (process.env.DATABASE_URL) {
  cases.push({ name: "a Postgres server", limit: 512, settings: {} });
}

/** @type {((url: string, account: Account) => Promise<unknown>)[]} what else people and programs do */
const visits = [
  (url, { cookie }) => text(`${url}/tasks`, { headers: { cookie } }),
  (url, { token }) => text(`${url}/api/tasks`, { headers: { authorization: `Bearer ${token}` } }),
  (url, { token }) =>
    post(`${url}/api/tasks`, { title: "Tea" }, { authorization: `Bearer ${token}` }),
];

let failures = 0;
console.log(`Node ${process.version}`);
console.log("what | limit MiB | peak MiB | start ms | sign-ins | other answers | failed | outcome");
try {
  for (const subject of cases) {
    failures += (await measure(subject)) ? 0 : 1;
  }
} finally {
  rmSync(data, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);

/**
 * @param {Case} subject
 * @returns {Promise<boolean>} whether it lived within its limit
 */
async function measure({ name, limit, settings }) {
  const group = makeGroup(limit * mebibyte);
  const startedAt = performance.now();
  const app = await start(group, settings);
  const startMilliseconds = app.url ? Math.round(performance.now() - startedAt) : 0;
  const counts = app.url ? await use(app.url) : { signIns: 0, others: 0, failed: 0 };
  const peak = Math.ceil((group?.peak() ?? app.peak()) / mebibyte);
  const ended = await app.end();
  group?.remove();
  const lived = ended === 0 && peak <= limit && counts.signIns > 0;
  const how = group ? "held by a control group" : "resident set, not held";
  const outcome = `${lived ? "lives" : `ended with ${ended}`}, ${how}`;
  const numbers = [limit, peak, startMilliseconds, counts.signIns, counts.others, counts.failed];
  console.log([name, ...numbers, outcome].join(" | "));
  return lived;
}

/**
 * A memory control group below our own, of either version; null where we may not make one.
 *
 * @param {number} bytes
 */
function makeGroup(bytes) {
  const own = readFileSync("/proc/self/cgroup", "utf8");
  const [, first] = /^\d+:memory:(.*)$/m.exec(own) ?? [];
  const [, second = "/"] = /^0::(.*)$/m.exec(own) ?? [];
  const [parent, limitFile, peakFile] = first
    ? [join("/sys/fs/cgroup/memory", first), "memory.limit_in_bytes", "memory.max_usage_in_bytes"]
    : [join("/sys/fs/cgroup", second), "memory.max", "memory.peak"];
  const path = join(parent, `evo-bench-${process.pid}`);
  if (!existsSync(join(parent, "cgroup.procs"))) {
    return null;
  }
  try {
    mkdirSync(path);
  } catch {
    return null;
  }
  const remove = () => rmdirSync(path);
  const peak = () => Number(readFileSync(join(path, peakFile), "utf8"));
  try {
    writeFileSync(join(path, limitFile), String(bytes));
    peak();
    return { processes: join(path, "cgroup.procs"), peak, remove };
  } catch {
    remove();
    return null;
  }
}

/**
 * Starts what the image runs, in a group, and waits until it is ready or has ended.
 *
 * @param {ReturnType<typeof makeGroup>} group
 * @param {Record<string, string>} settings
 */
async function start(group, settings) {
  const port = await freePort();
  const enter = group ? `echo $$ > '${group.processes}' && ` : "";
  const child = spawn("sh", ["-c", `${enter}exec "$0" lib/start/serve.mjs`, process.execPath], {
    cwd: ".next/standalone",
    env: {
      ...process.env,
      PORT: String(port),
      BETTER_AUTH_URL: "",
      BETTER_AUTH_SECRET: "a secret that only measures memory",
      RATE_LIMIT_PER_MINUTE: "0",
      LOG_LEVEL: "error",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  const ready = new Promise((done) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Evo-TODO is ready")) {
        done(true);
      }
    });
  });
  const isReady = await Promise.race([ready, ended.then(() => false)]);
  return {
    url: isReady ? `http://localhost:${port}` : null,
    peak: () => peakOfResidentSet(child.pid),
    end: async () => {
      child.kill("SIGTERM");
      return await ended;
    },
  };
}

/** @param {number | undefined} pid */
function peakOfResidentSet(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}

/**
 * Signs people in, over and over and several at a time, while others read and write.
 *
 * @param {string} url
 */
async function use(url) {
  const accounts = await Promise.all(Array.from({ length: people }, () => signUp(url)));
  const counts = { signIns: 0, others: 0, failed: 0 };
  const endsAt = performance.now() + seconds * 1_000;
  /** @param {(account: Account) => Promise<"signIns" | "others">} work */
  const repeat = async (work) => {
    for (let turn = 0; performance.now() < endsAt; turn += 1) {
      try {
        const account = accounts[turn % people];
        if (account) {
          counts[await work(account)] += 1;
        }
      } catch {
        counts.failed += 1;
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  };
  await Promise.all([
    ...Array.from({ length: signInsAtOnce }, () =>
      repeat(async ({ email }) => {
        await post(`${url}/api/auth/sign-in/email`, { email, password });
        return "signIns";
      }),
    ),
    ...Array.from({ length: readersAtOnce }, (_, index) =>
      repeat(async (account) => {
        await visits[index % visits.length]?.(url, account);
        return "others";
      }),
    ),
  ]);
  return counts;
}

/** @param {string} url */
async function signUp(url) {
  const email = `bench-${crypto.randomUUID()}@example.com`;
  const answer = await post(`${url}/api/auth/sign-up/email`, { name: "Bench", email, password });
  const lines = answer.headers.getSetCookie();
  const cookie = lines.map((line) => line.split(";", 1)[0]).join("; ");
  /** @type {{ token: string }} */
  const { token } = JSON.parse(await text(`${url}/api/auth/token`, { headers: { cookie } }));
  return { email, cookie, token };
}

/**
 * @param {string} url
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 */
async function post(url, body, headers = {}) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}.`);
  }
  return answer;
}

/**
 * @param {string} url
 * @param {RequestInit} options
 */
async function text(url, options) {
  const answer = await fetch(url, options);
  const body = await answer.text();
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}.`);
  }
  return body;
}

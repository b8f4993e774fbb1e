// `npm run bench:indistinguishable`: whether the time of an answer of the built app tells if an address
// has an account. Names of flows as arguments measure these alone, `SAMPLES` says how often. Ends with
// 1 where two medians differ by more than a tenth, or two answers at all.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { startBuild } from "./start-build.mjs";

const samples = Number(process.env.SAMPLES ?? 200);
const ratioMax = 1.1;
// An account allows ten wrong passwords, whatever the settings.
const triesPerAddress = 9;
const addresses = Math.ceil(samples / triesPerAddress);
const password = "a passphrase for measuring";

/** @typedef {{ name: string, path: string, body: (email: string) => Record<string, string> }} Flow */

const signUp = {
  name: "sign-up",
  path: "/api/auth/sign-up/email",
  body: (/** @type {string} */ email) => ({ email, password }),
};

/** @type {Flow[]} */
const flows = [
  {
    name: "sign-in",
    path: "/api/auth/sign-in/email",
    body: (email) => ({ email, password: "a wrong passphrase" }),
  },
  { name: "reset", path: "/api/auth/request-password-reset", body: (email) => ({ email }) },
  { name: "verification", path: "/api/auth/send-verification-email", body: (email) => ({ email }) },
];

/** Sign-up tells who has an account unless addresses have to be confirmed first. */
/** @type {{ settings: Record<string, string>, flows: Flow[] }[]} */
const sites = [
  { settings: {}, flows },
  { settings: { REQUIRE_EMAIL_VERIFICATION: "1" }, flows: [signUp] },
];

const named = process.argv.slice(2);
const mailServer = await startMailServer();
for (const site of sites) {
  const chosen = site.flows.filter(({ name }) => named.length === 0 || named.includes(name));
  if (chosen.length > 0) {
    await measure(site.settings, chosen);
  }
}
mailServer.close();

/**
 * @param {Record<string, string>} settings
 * @param {Flow[]} chosen
 */
async function measure(settings, chosen) {
  const data = mkdtempSync(join(tmpdir(), "evo-alike-"));
  const app = await startBuild({
    PGLITE_DIR: data,
    RATE_LIMIT_PER_MINUTE: "0",
    LOG_LEVEL: "warn",
    SMTP_URL: mailServer.url,
    ...settings,
  });
  try {
    const known = Array.from({ length: addresses }, () => randomAddress());
    for (const email of known) {
      await ask(app.url, signUp, email);
    }
    for (const flow of chosen) {
      const isAlike = await compare(app.url, flow, known);
      process.exitCode = isAlike ? process.exitCode : 1;
    }
  } finally {
    await app.end();
    rmSync(data, { recursive: true, force: true });
  }
}

/**
 * Takes turns between the two kinds of address, each first as often as the other.
 *
 * @param {string} url
 * @param {Flow} flow
 * @param {string[]} known
 */
async function compare(url, flow, known) {
  const unknown = known.map(() => randomAddress());
  /** @type {{ known: number[], unknown: number[] }} */
  const times = { known: [], unknown: [] };
  const answers = new Set();
  for (let sample = 0; sample < samples; sample += 1) {
    const place = sample % addresses;
    // A sign-up makes its address a known one.
    const stranger = flow === signUp ? randomAddress() : (unknown[place] ?? "");
    const measureKnown = async () => times.known.push(await timed(known[place] ?? ""));
    const measureUnknown = async () => times.unknown.push(await timed(stranger));
    for (const turn of sample % 2 === 0
      ? [measureKnown, measureUnknown]
      : [measureUnknown, measureKnown]) {
      await turn();
    }
  }
  const ratio = median(times.known) / median(times.unknown);
  const isSame = answers.size === 1;
  console.log(
    `${flow.name}: known ${median(times.known).toFixed(1)} ms, unknown ${median(times.unknown).toFixed(1)} ms, ratio ${ratio.toFixed(3)}, ${isSame ? "all answers alike" : `DIFFERENT ANSWERS\n${[...answers].join("\n")}`}`,
  );
  return isSame && ratio < ratioMax && ratio > 1 / ratioMax;

  async function timed(/** @type {string} */ email) {
    const { milliseconds, answer } = await ask(url, flow, email);
    answers.add(answer);
    return milliseconds;
  }
}

/**
 * Sends a request; what comes back is told as a text without what is new in every answer. A busy
 * server is asked again.
 *
 * @param {string} url
 * @param {Flow} flow
 * @param {string} email
 * @returns {Promise<{ milliseconds: number, answer: string }>}
 */
async function ask(url, flow, email, triesLeft = 5) {
  const startedAt = performance.now();
  const response = await fetch(url + flow.path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url },
    body: JSON.stringify(flow.body(email)),
  });
  const text = await response.text();
  const milliseconds = performance.now() - startedAt;
  if (response.status === 503 && triesLeft > 0) {
    return ask(url, flow, email, triesLeft - 1);
  }
  if (response.status === 429 || response.status >= 500) {
    throw new Error(`${flow.path} answered ${response.status}: ${text}`);
  }
  const requestId = response.headers.get("x-request-id") ?? "";
  const headers = [...response.headers].filter(
    ([name]) => !["x-request-id", "date"].includes(name),
  );
  const answer = [response.status, JSON.stringify(headers), text.replace(requestId, "")].join(" ");
  return { milliseconds, answer };
}

/** Takes every mail and forgets it. */
async function startMailServer() {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, proceed) => stream.resume().once("end", () => proceed()),
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, close: () => server.close(() => {}) };
}

/** @param {number[]} times */
function median(times) {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function randomAddress() {
  return `${randomBytes(6).toString("hex")}@example.test`;
}

// `BASE_URL=http://localhost:3000 node tests/bench/indistinguishable.mjs`: whether the time of an
// answer tells if an address has an account. Names of flows as arguments measure these alone. Needs a
// server of its own with RATE_LIMIT_PER_MINUTE=0, and makes accounts there. Ends with 1 where two
// medians differ by more than a tenth.
import { randomBytes } from "node:crypto";

const baseUrl = process.env.BASE_URL ?? "http://localhost:3000";
const samples = Number(process.env.SAMPLES ?? 200);
const ratioMax = 1.1;
// An account allows ten wrong passwords, whatever the settings.
const triesPerAddress = 9;
const password = "a passphrase for measuring";

/** @type {{ name: string, path: string, body: (email: string) => Record<string, string> }[]} */
const flows = [
  {
    name: "sign-in",
    path: "/api/auth/sign-in/email",
    body: (email) => ({ email, password: "a wrong passphrase" }),
  },
  { name: "reset", path: "/api/auth/request-password-reset", body: (email) => ({ email }) },
  { name: "verification", path: "/api/auth/send-verification-email", body: (email) => ({ email }) },
];

const addresses = Math.ceil(samples / triesPerAddress);
const known = Array.from({ length: addresses }, () => randomAddress());
const unknown = Array.from({ length: addresses }, () => randomAddress());
for (const email of known) {
  await ask("/api/auth/sign-up/email", { email, password });
}

const named = process.argv.slice(2);
let isAlike = true;
for (const flow of flows.filter(({ name }) => named.length === 0 || named.includes(name))) {
  isAlike = (await compare(flow)) && isAlike;
}
process.exit(isAlike ? 0 : 1);

/**
 * Takes turns between the two kinds of address, each first as often as the other.
 *
 * @param {(typeof flows)[number]} flow
 */
async function compare({ name, path, body }) {
  /** @type {{ known: number[], unknown: number[] }} */
  const times = { known: [], unknown: [] };
  const answers = new Set();
  for (let sample = 0; sample < samples; sample += 1) {
    const kinds = sample % 2 === 0 ? [known, unknown] : [unknown, known];
    for (const addressesOfKind of kinds) {
      const email = addressesOfKind[sample % addresses] ?? "";
      const { milliseconds, answer } = await ask(path, body(email));
      times[addressesOfKind === known ? "known" : "unknown"].push(milliseconds);
      answers.add(answer);
    }
  }
  const ratio = median(times.known) / median(times.unknown);
  const isSame = answers.size === 1;
  console.log(
    `${name}: known ${median(times.known).toFixed(1)} ms, unknown ${median(times.unknown).toFixed(1)} ms, ratio ${ratio.toFixed(3)}, ${isSame ? "all answers alike" : `DIFFERENT ANSWERS\n${[...answers].join("\n")}`}`,
  );
  return isSame && ratio < ratioMax && ratio > 1 / ratioMax;
}

/**
 * Sends a request; what comes back is told as a text without what is new in every answer. A busy
 * server is asked again.
 *
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<{ milliseconds: number, answer: string }>}
 */
async function ask(path, body, triesLeft = 5) {
  const startedAt = performance.now();
  const response = await fetch(baseUrl + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: baseUrl },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const milliseconds = performance.now() - startedAt;
  if (response.status === 503 && triesLeft > 0) {
    return ask(path, body, triesLeft - 1);
  }
  if (response.status === 429 || response.status >= 500) {
    throw new Error(`${path} answered ${response.status}: ${text}`);
  }
  const requestId = response.headers.get("x-request-id") ?? "";
  const headers = [...response.headers].filter(
    ([name]) => !["x-request-id", "date"].includes(name),
  );
  const answer = [response.status, JSON.stringify(headers), text.replace(requestId, "")].join(" ");
  return { milliseconds, answer };
}

/** @param {number[]} times */
function median(times) {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function randomAddress() {
  return `${randomBytes(6).toString("hex")}@example.test`;
}

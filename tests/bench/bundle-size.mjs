// `npm run bench:size`: the JavaScript that /tasks loads first, gzipped, beyond what a bare Next page
// loads (React and Next's own part), from the finished build. Fails above the budget.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { startBuild } from "./start-build.mjs";

const budgetKilobytes = 95;
const data = mkdtempSync(join(tmpdir(), "evo-size-"));
const app = await startBuild({ PGLITE_DIR: data });

try {
  const bare = bareScripts();
  const tasks = await scriptsOf("/tasks", await signUp());
  const beyond = tasks.filter((script) => !bare.includes(script));
  report("a bare page", bare);
  report("/tasks", tasks);
  report("/tasks beyond a bare page", beyond);
  if (kilobytes(beyond) > budgetKilobytes) {
    console.error(`The budget of ${budgetKilobytes} kB is exceeded.`);
    process.exitCode = 1;
  }
} finally {
  await app.end();
  rmSync(data, { recursive: true, force: true });
}

/** The paths of the scripts that every page of any Next app loads. */
function bareScripts() {
  /** @type {{ rootMainFiles: string[] }} */
  const manifest = JSON.parse(readFileSync(join(".next", "build-manifest.json"), "utf8"));
  return manifest.rootMainFiles.map((file) => `/_next/${file}`);
}

/**
 * @param {string} path
 * @param {string} cookie
 * @returns {Promise<string[]>} the paths of the scripts that the page's HTML loads
 */
async function scriptsOf(path, cookie) {
  const answer = await fetch(app.url + path, { headers: { cookie }, redirect: "manual" });
  if (answer.status !== 200) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  const html = await answer.text();
  const found = html.matchAll(/<script[^>]*? src="(\/_next\/static\/[^"?]+)[^>]*?>/g);
  // Browsers that know modules skip these polyfills.
  const modern = [...found].filter(([tag]) => !/ nomodule/i.test(tag));
  return [...new Set(modern.map(([, source = ""]) => source))];
}

async function signUp() {
  const answer = await fetch(`${app.url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      name: "Size",
      email: "size@example.com",
      password: "a passphrase for measuring",
    }),
  });
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}

/** @param {string[]} scripts */
function kilobytes(scripts) {
  const bytes = scripts.map((script) => {
    const file = join(".next", decodeURIComponent(script).slice("/_next/".length));
    return gzipSync(readFileSync(file)).length;
  });
  return bytes.reduce((sum, size) => sum + size, 0) / 1_000;
}

/**
 * @param {string} name
 * @param {string[]} scripts
 */
function report(name, scripts) {
  console.log(`${name}: ${kilobytes(scripts).toFixed(1)} kB in ${scripts.length} scripts`);
}

// `npm run bench:lighthouse`: what Lighthouse says of the built app on a desktop. It fails below the
// marks that the landing page has to reach; the list of tasks is measured beside it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromiumPath, requireChromium, rootArguments } from "../support/chromium-path.mjs";
import { startBuild } from "./start-build.mjs";

const categories = ["performance", "accessibility", "best-practices", "seo"];
// A page for one signed-in person is not for search engines, and its speed rests on their data.
const pages = [
  { path: "/", marks: { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 } },
  { path: "/tasks", marks: { performance: 85, accessibility: 100, "best-practices": 100 } },
];

requireChromium();
const data = mkdtempSync(join(tmpdir(), "evo-lighthouse-"));
const app = await startBuild({ PGLITE_DIR: join(data, "postgres"), RATE_LIMIT_PER_MINUTE: "0" });
const browser = await startBrowser(join(data, "browser"));
try {
  const cookie = await signUp();
  for (const { path, marks } of pages) {
    const headers = path === "/" ? {} : { Cookie: cookie };
    const scores = await measure(`${app.url}${path}`, headers);
    console.log(path, scores);
    for (const [category, mark] of Object.entries(marks)) {
      if ((scores[category] ?? 0) < mark) {
        console.error(`${path}: ${category} is ${scores[category]}, below ${mark}.`);
        process.exitCode = 1;
      }
    }
  }
} finally {
  await browser.end();
  await app.end();
  rmSync(data, { recursive: true, force: true });
}

/**
 * The scores of a page, 0 to 100, and what cost points outside of performance on the console.
 *
 * @param {string} url
 * @param {Record<string, string>} extraHeaders
 */
async function measure(url, extraHeaders) {
  const flags = { port: browser.port, extraHeaders, onlyCategories: categories };
  const run = await lighthouse(url, flags, desktopConfig);
  if (!run || run.lhr.runtimeError) {
    throw new Error(`Lighthouse did not measure ${url}: ${run?.lhr.runtimeError?.message}`);
  }
  const { lhr } = run;
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) {
    throw new Error(`${url} led to ${lhr.finalDisplayedUrl}.`);
  }
  for (const audit of Object.values(lhr.audits)) {
    if (audit.scoreDisplayMode === "binary" && audit.score === 0) {
      console.log(`  ${audit.title}`);
    }
  }
  /** @type {Record<string, number>} */
  const scores = {};
  for (const category of categories) {
    scores[category] = Math.round((lhr.categories[category]?.score ?? 0) * 100);
  }
  return scores;
}

/** Signs a person up, whose list holds the first tips, and returns the cookies. */
async function signUp() {
  const answer = await fetch(`${app.url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      name: "Robin",
      email: "robin@example.com",
      password: "a passphrase for measuring",
    }),
  });
  const lines = answer.headers.getSetCookie();
  return lines.map((line) => line.split(";", 1)[0]).join("; ");
}

/**
 * Starts a browser without a window and waits until it can be driven.
 *
 * @param {string} profile an empty folder
 */
async function startBrowser(profile) {
  const child = spawn(
    chromiumPath(),
    [
      ...rootArguments,
      "--headless=new",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      "about:blank",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const exit = new Promise((done) => child.once("close", done));
  const port = await new Promise((done, fail) => {
    let output = "";
    child.stderr.on("data", (chunk) => {
      output += chunk;
      const found = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(output);
      if (found) {
        done(Number(found[1]));
      }
    });
    child.once("error", fail);
    child.once("close", () => fail(new Error(`The browser did not start:\n${output}`)));
  });
  const end = () => {
    child.kill();
    return exit;
  };
  return { port, end };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type App, launchApp, type Settings, startApp } from "./support/app";
import { expectNothingLost, storedIds } from "./support/expect-nothing-lost";
import { bearer, fetchToken, postJson, signUp } from "./support/person";
import { accepts } from "./support/processes";
import { copyProject } from "./support/project";
import { rawRequest } from "./support/raw-request";

const signInsAtOnce = 4;
const secret = "a secret that only this test knows about";

let directory = "";
let apps: App[] = [];

test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "evo-process-"));
});

test.afterEach(async () => {
  await Promise.all(apps.map((app) => app.end("SIGKILL")));
  apps = [];
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

async function start(settings: Settings = {}): Promise<App> {
  const app = await startApp({ PGLITE_DIR: directory, RATE_LIMIT_PER_MINUTE: "0", ...settings });
  apps.push(app);
  return app;
}

/** Starts an app that is expected to refuse, and returns what it said. */
async function refusalOf(settings: Settings): Promise<string> {
  const app = await launchApp({ PGLITE_DIR: directory, ...settings });
  apps.push(app);
  expect(await app.exit).toBe(1);
  expect(app.output()).not.toMatch(/^ +at /m);
  return app.output();
}

test("stopped and started again, everything is there and everybody is still signed in", async () => {
  const first = await start();
  const person = await signUp(first.url);
  const made = await postJson(`${first.url}/api/tasks`, { title: "Tea" }, bearer(person.token));
  expect(made.status).toBe(201);
  const before = await storedIds(first.url, person);
  expect(await first.end("SIGINT")).toBe(0);

  const second = await start({ PORT: new URL(first.url).port });
  expect(await storedIds(second.url, person)).toEqual(before);
  expect(await fetchToken(second.url, person.cookie)).toMatch(/^ey/);
});

test("killed in the middle of writes, the app loses no acknowledged task", async () => {
  await expectNothingLost(start);
});

test("a second process on the same data is refused, and the first goes on unharmed", async () => {
  const first = await start();
  const person = await signUp(first.url);
  expect(await refusalOf({})).toContain("Another process has the embedded database");

  const made = await postJson(`${first.url}/api/tasks`, { title: "Tea" }, bearer(person.token));
  expect(made.status).toBe(201);
});

test("told to end, it turns unready, finishes what it began and exits with 0", async () => {
  const app = await start();
  const person = await signUp(app.url);
  const { email, password } = person;
  const signIns = Array.from({ length: signInsAtOnce }, () =>
    postJson(`${app.url}/api/auth/sign-in/email`, { email, password }),
  );
  // Few passwords are checked at a time, so when the first is done others are still waiting.
  await Promise.race(signIns);
  const toldAt = Date.now();
  app.signal("SIGTERM");
  const ready = "GET /api/health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  await expect
    .poll(() => rawRequest(app.url, ready), { intervals: [20] })
    .toMatch(/^HTTP\/1.1 503 /);

  expect((await Promise.all(signIns)).map(({ status }) => status)).toEqual(
    Array(signInsAtOnce).fill(200),
  );
  expect(await app.exit).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(10_000);
});

test("a secret that does not open the keys is refused", async () => {
  const first = await start({ BETTER_AUTH_SECRET: secret });
  await signUp(first.url);
  await first.end("SIGTERM");

  const refusal = await refusalOf({ BETTER_AUTH_SECRET: `${secret}, but another` });
  expect(refusal).toContain("BETTER_AUTH_SECRET");
});

for (const [settings, said] of [
  [{ JWT_EXPIRES_IN: "soon" }, "JWT_EXPIRES_IN"],
  [{ BETTER_AUTH_URL: "https://example.com/todo" }, "BETTER_AUTH_URL"],
  [{ HOSTNAME: "web.example" }, "HOSTNAME"],
  [{ HOSTNAME: "192.0.2.1" }, "HOSTNAME"],
  [{ BETTER_AUTH_SECRET: "short" }, "BETTER_AUTH_SECRET"],
  [{ PORT: "http" }, "PORT"],
  [{ DATABASE_URL: "mysql://localhost/evo" }, "DATABASE_URL"],
  [{ DATABASE_URL: "postgresql://localhost/evo" }, "BETTER_AUTH_SECRET"],
] satisfies [Settings, string][]) {
  test(`the settings ${JSON.stringify(settings)} are refused`, async () => {
    expect(await refusalOf(settings)).toContain(said);
  });
}

test("the site listens on IPv4 and IPv6 both, and with HOSTNAME on that address alone", async () => {
  const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
    all?.some(({ address }) => address === "::1"),
  );
  const everywhere = await start();
  expect(await accepts(everywhere.url, "127.0.0.1")).toBe(true);
  expect(await accepts(everywhere.url, "::1")).toBe(hasIpv6);
  expect(everywhere.output()).toContain(hasIpv6 ? "IPv6 and IPv4" : "IPv4 only");
  const location = await fetch(`${everywhere.url}/tasks`, { redirect: "manual" });
  expect(location.headers.get("location")).toBe("/sign-in?next=/tasks");
  await everywhere.end("SIGINT");

  const one = await start({ HOSTNAME: "127.0.0.1" });
  expect(await accepts(one.url, "127.0.0.1")).toBe(true);
  expect(await accepts(one.url, "::1")).toBe(false);
  expect(one.output()).toMatch(/listens on \d+ of 127\.0\.0\.1$/m);
});

test("data of another major version of Postgres is refused", async () => {
  writeFileSync(join(directory, "PG_VERSION"), "17\n");
  expect(await refusalOf({})).toContain("belongs to Postgres 17");
});

test("after a change of the sources, npm start serves the change", async () => {
  test.setTimeout(600_000);
  const copy = join(directory, "copy");
  copyProject(copy);
  writeFileSync(
    join(copy, "app", "robots.ts"),
    'export default function robots() { return { rules: { userAgent: "changed" } }; }\n',
  );
  const app = await startApp({ PGLITE_DIR: join(directory, "data") }, copy);
  apps.push(app);

  expect(app.output()).toContain("Building");
  expect(await (await fetch(`${app.url}/robots.txt`)).text()).toContain("changed");
});

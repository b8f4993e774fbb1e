import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { freePort } from "../support/free-port";
import { type App, launchApp, startApp } from "./support/app";
import { beginPost } from "./support/half-request";
import { holdFeeds } from "./support/hold-feeds";
import { bearer, signUp } from "./support/person";
import {
  accepts,
  catchesSigterm,
  isRunning,
  isUnlocked,
  nameOf,
  treeOf,
} from "./support/processes";
import { copyProject } from "./support/project";

const root = process.cwd();

type Command = { directory: string; command: string[] };

let container = "";
let seeded = "";
let headers = {};
let port = "";
let directory = "";
let apps: App[] = [];

test.beforeAll(async () => {
  container = mkdtempSync(join(tmpdir(), "evo-container-"));
  copyAsTheImageDoes(container);
  // Making the data of a first start takes longer than all that is tested here.
  seeded = mkdtempSync(join(tmpdir(), "evo-seeded-"));
  port = String(await freePort());
  const app = await startApp({ PGLITE_DIR: seeded, PORT: port });
  headers = bearer((await signUp(app.url)).token);
  await app.end("SIGTERM");
});

test.afterAll(() => {
  for (const folder of [container, seeded]) {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "evo-end-"));
  cpSync(seeded, join(directory, "data"), { recursive: true });
});

test.afterEach(async () => {
  await Promise.all(apps.map((app) => app.end("SIGKILL")));
  apps = [];
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

const npmStart = (): Command => ({ directory: root, command: ["npm", "start"] });
const containerCommand = (): Command => ({
  directory: container,
  command: [process.execPath, "lib/start/serve.mjs"],
});

/** A command as process 1 of a container, whose processes the kernel kills when it ends. */
function asProcess1({ directory, command }: Command): Command {
  const asRoot = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
  const unshare = ["unshare", ...asRoot, "--pid", "--fork", "--mount-proc", "--"];
  return { directory, command: [...unshare, ...command] };
}

const settings = () => ({ PGLITE_DIR: join(directory, "data"), PORT: port });

const first = ([pid = 0]: number[]) => pid;
const second = ([, pid = 0]: number[]) => pid;
const last = (tree: number[]) => tree.at(-1) ?? 0;

/** The whole group of a process, as a terminal and a service manager tell it. */
const group = (tree: number[]) => -first(tree);

type Case = [string, () => Command, (tree: number[]) => number, NodeJS.Signals];

const cases: Case[] = [
  ["npm start, npm being told to end", npmStart, first, "SIGTERM"],
  ["npm start, npm being killed", npmStart, first, "SIGKILL"],
  ["npm start, the server being told to end", npmStart, last, "SIGTERM"],
  ["npm start, every process being told to end", npmStart, group, "SIGTERM"],
  ["npm start, Ctrl-C being pressed", npmStart, group, "SIGINT"],
  [
    "npm start as process 1, npm being told to end",
    () => asProcess1(npmStart()),
    second,
    "SIGTERM",
  ],
  ["the container's command as process 1", () => asProcess1(containerCommand()), second, "SIGTERM"],
];

for (const [name, make, who, signal] of cases) {
  test(`${name}: requests in flight finish, port and data are free within 10 s`, async () => {
    const { directory: folder, command } = make();
    const app = await startApp(settings(), folder, command);
    apps.push(app);
    const tree = treeOf(app.pid);
    const begun = await beginPost(`${app.url}/api/tasks`, { title: "Tea" }, headers);
    const toldAt = Date.now();
    process.kill(who(tree), signal);
    await expect.poll(app.output, { intervals: [20] }).toContain('"ending"');

    expect(await begun.finish()).toBe(201);
    await expectFreed(app, tree);
    expect(Date.now() - toldAt).toBeLessThan(10_000);
  });
}

test("requests that the server holds are answered at once, and the process ends within 10 s", async () => {
  const app = await startApp(settings());
  apps.push(app);
  const { answers } = await holdFeeds(app.url, headers, 3);
  const toldAt = Date.now();
  app.signal("SIGTERM");
  for (const answer of await Promise.all(answers)) {
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ rows: [], more: false });
  }
  expect(Date.now() - toldAt).toBeLessThan(2_000);
  expect(await app.exit).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(10_000);
});

const moments = {
  "before it listens": (_: App, tree: number[]) => nameOf(last(tree)).startsWith("next-server"),
  "while it opens its data": (app: App) => app.output().includes("Ready in"),
};

for (const [moment, isReached] of Object.entries(moments)) {
  for (const [name, make, who, size] of [
    ["npm start", npmStart, first, 2],
    ["the container's command as process 1", () => asProcess1(containerCommand()), second, 2],
    ["npm start as process 1", () => asProcess1(npmStart()), second, 3],
  ] as const) {
    test(`${name}, told to end ${moment}, ends with port and data free within 10 s`, async () => {
      const { directory: folder, command } = make();
      const app = await launchApp(settings(), folder, command);
      apps.push(app);
      const reached = () => {
        const tree = treeOf(app.pid);
        return tree.length === size && isReached(app, tree);
      };
      await expect.poll(reached, { intervals: [5] }).toBe(true);
      const tree = treeOf(app.pid);
      const toldAt = Date.now();
      process.kill(who(tree), "SIGTERM");

      await expectFreed(app, tree);
      expect(await app.exit).toBe(0);
      expect(Date.now() - toldAt).toBeLessThan(10_000);
      expect(app.output()).not.toContain("Evo-TODO is ready at");
    });
  }
}

test("the container's command as process 1, told to end before its first line runs, ends", async () => {
  const { directory: folder, command } = asProcess1(containerCommand());
  const app = await launchApp(settings(), folder, command);
  apps.push(app);
  await expect.poll(() => catchesSigterm(second(treeOf(app.pid))), { intervals: [1] }).toBe(true);
  process.kill(second(treeOf(app.pid)), "SIGTERM");

  expect(await app.exit).toBe(0);
  expect(app.output()).toBe("");
});

test("npm start, told to end while it builds, ends the build too", async () => {
  const copy = join(directory, "copy");
  copyProject(copy);
  writeFileSync(join(copy, "lib", "changed.ts"), "export {};\n");
  const app = await launchApp(settings(), copy, npmStart().command);
  apps.push(app);
  await expect.poll(() => treeOf(app.pid).length, { intervals: [20] }).toBeGreaterThan(2);
  await expect.poll(() => app.output()).toContain("Next.js");
  const tree = treeOf(app.pid);
  process.kill(first(tree), "SIGTERM");

  expect(await app.exit).toBe(0);
  await expect.poll(() => tree.filter(isRunning)).toEqual([]);
});

test("npm run dev, told to end, leaves no process, port or data behind", async () => {
  const copy = join(directory, "copy");
  copyProject(copy);
  const app = await launchApp(settings(), copy, ["npm", "run", "dev"]);
  apps.push(app);
  await expect.poll(app.output).toContain("Ready in");
  const tree = treeOf(app.pid);
  process.kill(first(tree), "SIGTERM");

  await expectFreed(app, tree);
});

/** Expects that a process and all that it started are gone, and that nobody holds its port or data. */
async function expectFreed(app: App, tree: number[]): Promise<void> {
  await app.exit;
  await expect.poll(() => tree.filter(isRunning), { intervals: [20] }).toEqual([]);
  expect(await accepts(app.url)).toBe(false);
  expect(await isUnlocked(settings().PGLITE_DIR)).toBe(true);
}

/** The image's folder, which holds what the build left. */
function copyAsTheImageDoes(folder: string): void {
  const script = 'cp -al .next/standalone/. "$0" || cp -a .next/standalone/. "$0"';
  execFileSync("sh", ["-c", script, folder], { stdio: "ignore" });
}

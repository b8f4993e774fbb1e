import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Image, makeImage, type Running, runInImage } from "./support/image";
import { rawRequest } from "./support/raw-request";

test.describe.configure({ mode: "serial" });

// Browsers and fetch refuse these ports, and a server may well have one.
const refusedByFetch = ["6000", "6566", "6665", "6666", "6667", "6668", "6669", "10080"];

let image: Image;
let port = "";
let app: Running;

test.beforeAll(async () => {
  image = makeImage(mkdtempSync(join(tmpdir(), "evo-image-")));
  port = await firstFree(refusedByFetch);
});

test.afterAll(() => {
  app?.signal("SIGKILL");
  rmSync(image.root, { recursive: true, force: true });
});

test("the image holds what runs and nothing else", () => {
  const inApp = (path: string) => join(image.root, "app", path);
  expect(readdirSync(image.root).toSorted()).toEqual(["app", "data"]);
  expect(readdirSync(inApp("")).toSorted()).toEqual([
    ".next",
    "lib",
    "node_modules",
    "package.json",
    "prisma",
    "public",
    "server.js",
  ]);
  expect(readdirSync(inApp("prisma")).toSorted()).toEqual(
    expect.arrayContaining(["cluster.tar.gz", "connect.mjs", "migrations"]),
  );
  for (const unused of ["sharp", "@img", "typescript", "prisma", "vitest"]) {
    expect(existsSync(inApp(`node_modules/${unused}`)), unused).toBe(false);
  }
  const files = readdirSync(image.root, { recursive: true, encoding: "utf8" });
  expect(files.filter((path) => /(^|\/)\.(env|git|vercel|data)/.test(path))).toEqual([]);
});

test("the image runs as a user with a number, who is not root and owns the volume only", () => {
  expect(image.user).toEqual({ uid: 1000, gid: 1000 });
  expect(image.volumes).toEqual(["/data"]);
});

test("as that user and with no settings the image starts, on data that its build packed", async () => {
  // Without its program nothing can make a cluster, which would take a gigabyte of memory.
  rmSync(join(image.root, "app/node_modules/@electric-sql/pglite/dist/initdb.wasm"));
  app = runInImage(image, image.command, { PORT: port, RATE_LIMIT_PER_MINUTE: "0" });
  await expect.poll(() => app.output(), { timeout: 120_000 }).toContain("Evo-TODO is ready");
});

test("its health check tells a living app from none, on every port and address", async () => {
  const check = (settings: Record<string, string>) =>
    runInImage(image, image.healthCheck, settings).exit;
  expect(await check({ PORT: port })).toBe(0);
  // Docker sets HOSTNAME to the container's own name.
  expect(await check({ PORT: port, HOSTNAME: hostname() })).toBe(0);
  expect(await check({ PORT: await firstFree(refusedByFetch) })).toBe(1);
  const elsewhere = { PORT: await firstFree(refusedByFetch), HOSTNAME: "127.0.0.2" };
  const data = { PGLITE_DIR: join(image.root, "data", "other") };
  const other = runInImage(image, image.command, { ...elsewhere, ...data });
  await expect.poll(() => other.output(), { timeout: 120_000 }).toContain("Evo-TODO is ready");
  expect(await check(elsewhere)).toBe(0);
  other.signal("SIGKILL");
  await other.exit;
  expect(await check(elsewhere)).toBe(1);
});

test("pictures are not scaled, and asking for it is a 404 that leaves no trace in the log", async () => {
  for (const query of ["", "?url=%2Fscreenshot.png&w=640&q=75"]) {
    expect(await ask(`GET /_next/image${query}`)).toMatch(/^HTTP\/1.1 404 /);
  }
  expect(app.output()).not.toMatch(/unhandled|rejection|sharp|^ +at /im);
});

test("the operators' command says how it is run while the app has the embedded database", async () => {
  const commands = [
    ["prisma/reset-password-link.mjs", "ada@example.com"],
    ["prisma/new-epoch.mjs"],
  ];
  for (const words of commands) {
    const command = runInImage(image, ["node", ...words]);
    expect(await command.exit).toBe(1);
    expect(command.output()).toContain("Another process has the embedded database");
    expect(command.output()).toContain("in a second container with the same volume");
  }
});

test("the operators' command makes a link in the image once the app has ended", async () => {
  const email = "ada@example.com";
  const account = { name: "Ada", email, password: "a passphrase for the image" };
  expect(await ask("POST /api/auth/sign-up/email", account)).toMatch(/^HTTP\/1.1 200 /);
  app.signal("SIGTERM");
  expect(await app.exit).toBe(0);
  const command = runInImage(image, ["node", "prisma/reset-password-link.mjs", email]);
  expect(await command.exit).toBe(0);
  expect(command.output()).toMatch(/^http:\/\/localhost:3000\/reset-password\?token=[\w-]{43}$/m);
});

test("a volume that the user may not write is refused with the way out", async () => {
  const foreign = join(image.root, "foreign");
  mkdirSync(foreign);
  chmodSync(foreign, 0o555);
  const refused = runInImage(image, image.command, { PORT: port, PGLITE_DIR: foreign });
  expect(await refused.exit).toBe(1);
  expect(refused.output()).toContain("chown -R");
  expect(refused.output()).not.toMatch(/^ +at /m);
});

/** Sends a request by hand, where fetch would refuse the port, and returns the answer. */
function ask(start: string, body?: object): Promise<string> {
  const content = body ? JSON.stringify(body) : "";
  return rawRequest(
    `http://localhost:${port}`,
    [
      `${start} HTTP/1.1`,
      `Host: localhost:${port}`,
      `Origin: http://localhost:${port}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(content)}`,
      "Connection: close",
      "",
      content,
    ].join("\r\n"),
  );
}

async function firstFree(ports: string[]): Promise<string> {
  for (const candidate of ports) {
    const server = createServer();
    const isFree = await Promise.race([
      once(server.listen(Number(candidate), "127.0.0.1"), "listening").then(() => true),
      once(server, "error").then(() => false),
    ]).catch(() => false);
    await new Promise((done) => server.close(done));
    if (isFree) {
      return candidate;
    }
  }
  throw new Error(`None of the ports ${ports.join(", ")} is free.`);
}

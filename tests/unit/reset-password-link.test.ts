import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEmbedded } from "@/lib/db/embedded.mjs";
import { migrate } from "@/lib/db/migrate.mjs";

// A first start of the embedded database takes seconds, and many on a busy machine.
const patient = { timeout: 120_000 };

describe("the operator's command", () => {
  const folder = mkdtempSync(join(tmpdir(), "reset-link-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    const { database, close } = await openEmbedded(folder);
    await migrate(database);
    await database.query(
      `INSERT INTO "user" (id, name, email) VALUES ('ada', 'Ada', 'ada@example.test')`,
    );
    await database.query(
      `INSERT INTO "apiKey" ("userId", "id", "name", "scopes", "hash", "lastFour")
       VALUES ('ada', 'k', 'nightly backup', 'tasks:read', 'x', 'abcd')`,
    );
    await close();
  }, patient.timeout);

  it("prints a link of this site that the reset page takes", patient, async () => {
    const { code, output } = await run(folder, "Ada@Example.test");
    expect(code).toBe(0);
    expect(output).toContain(
      'These still work, no matter who made them: the API key "nightly backup". The settings',
    );
    const [, token = ""] =
      /^https:\/\/todo\.example\/reset-password\?token=([\w-]{43})$/m.exec(output) ?? [];
    const { database, close } = await openEmbedded(folder);
    const { rows } = await database.query(
      `SELECT "userId", "purpose", "email",
         translate(rtrim(encode(sha256($1::bytea), 'base64'), '='), '+/', '-_') = "hash" AS "isOfToken",
         "expiresAt" > now() + interval '59 minutes' AND "expiresAt" <= now() + interval '1 hour' AS hour
       FROM "oneTimeToken"`,
      [Buffer.from(token)],
    );
    await close();
    expect(rows).toEqual([
      { userId: "ada", purpose: "reset-password", email: null, isOfToken: true, hour: true },
    ]);
  });

  it("says when there is no such account, and how to call it", patient, async () => {
    expect(await run(folder, "eve@example.test")).toEqual({
      code: 1,
      output: "No account has the address eve@example.test.\n",
    });
    const { code, output } = await run(folder);
    expect(code).toBe(1);
    expect(output).toContain("npm run user:reset-password -- ada@example.com");
  });

  it("is refused while a server has the embedded data open", patient, async () => {
    const { close } = await openEmbedded(folder);
    const { code, output } = await run(folder, "ada@example.test");
    await close();
    expect(code).toBe(1);
    expect(output).toContain("Another process has the embedded database");
    expect(output).not.toMatch(/^ +at /m);
  });
});

async function run(folder: string, ...parameters: string[]) {
  const databases = { DATABASE_URL: "", DIRECT_URL: "", DATABASE_URL_UNPOOLED: "" };
  const site = { BETTER_AUTH_URL: "https://todo.example/" };
  const child = spawn(process.execPath, ["prisma/reset-password-link.mjs", ...parameters], {
    env: { ...process.env, ...databases, ...site, PGLITE_DIR: folder },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, "close");
  return { code, output };
}

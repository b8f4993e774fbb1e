import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { verifyPassword } from "@/lib/auth/password-hash";
import { openEmbedded } from "@/lib/db/embedded.mjs";
import { runCommand } from "@/tests/support/run-command";

vi.unmock("node:crypto");

// A first start of the embedded database takes seconds, and many on a busy machine.
const patient = { timeout: 120_000 };

it("seeding makes a demo user who can sign in, and twice is as good as once", patient, async () => {
  const folder = mkdtempSync(join(tmpdir(), "seed-"));
  const first = await runCommand("prisma/seed.mjs", folder);
  const second = await runCommand("prisma/seed.mjs", folder);

  expect(first.output).toContain("demo@example.com has 25 new tasks.");
  expect(second).toEqual({ code: 0, output: "demo@example.com has 0 new tasks.\n" });
  const password = /The password is (\S+)/.exec(first.output)?.[1] ?? "";
  const { database, close } = await openEmbedded(folder);
  const { rows } = await database.query<{ password: string; tasks: number }>(
    'SELECT password, (SELECT count(*)::int FROM "task") AS tasks FROM "account"',
  );
  await close();
  rmSync(folder, { recursive: true });
  expect(rows).toHaveLength(1);
  expect(rows[0]?.tasks).toBe(25);
  expect(await verifyPassword(password, rows[0]?.password ?? "")).toBe(true);
});

it("a command on embedded data that a server has open is refused", patient, async () => {
  const folder = mkdtempSync(join(tmpdir(), "seed-"));
  const { close } = await openEmbedded(folder);
  const { code, output } = await runCommand("prisma/migrate-command.mjs", folder);
  await close();
  rmSync(folder, { recursive: true });

  expect(code).toBe(1);
  expect(output).toContain("Another process has the embedded database");
  expect(output).not.toMatch(/^ +at /m);
});

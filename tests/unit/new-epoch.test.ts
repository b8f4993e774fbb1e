import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEmbedded } from "@/lib/db/embedded.mjs";
import { migrate } from "@/lib/db/migrate.mjs";
import { runCommand } from "@/tests/support/run-command";

// A first start of the embedded database takes seconds, and many on a busy machine.
const patient = { timeout: 120_000 };

describe("the command for a restored backup", () => {
  const folder = mkdtempSync(join(tmpdir(), "new-epoch-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    const { database, close } = await openEmbedded(folder);
    await migrate(database);
    await database.query(
      `INSERT INTO "user" (id, name, email) VALUES ('ada', 'Ada', 'ada@example.test'),
       ('eve', 'Eve', 'eve@example.test')`,
    );
    await close();
  }, patient.timeout);

  it("begins a new epoch for everybody, and changes nothing else", patient, async () => {
    const before = await states(folder);
    expect(await runCommand("prisma/new-epoch.mjs", folder)).toEqual({
      code: 0,
      output: "A new epoch has begun. All cursors have ended; accounts: 2.\n",
    });
    const after = await states(folder);
    const epochs = [...before, ...after].map(({ epoch }) => epoch);
    expect(before).toHaveLength(2);
    expect(after.filter(({ epoch }) => before.some((state) => state.epoch === epoch))).toEqual([]);
    expect(after).toEqual(before.map((state, index) => ({ ...state, epoch: epochs[2 + index] })));
  });

  it("is refused while a server has the embedded data open", patient, async () => {
    const { close } = await openEmbedded(folder);
    const { code, output } = await runCommand("prisma/new-epoch.mjs", folder);
    await close();
    expect(code).toBe(1);
    expect(output).toContain("Another process has the embedded database");
  });
});

async function states(folder: string) {
  const { database, close } = await openEmbedded(folder);
  const { rows } = await database.query<{ epoch: string }>(
    `SELECT * FROM "syncState" ORDER BY "userId"`,
  );
  await close();
  return rows;
}

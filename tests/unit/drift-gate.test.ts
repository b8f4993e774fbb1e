import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

describe("the drift gate", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "drift-"));
    cpSync("prisma/schema.prisma", join(folder, "prisma/schema.prisma"));
    cpSync("prisma/migrations", join(folder, "prisma/migrations"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("passes while the schema and the migrations agree", async () => {
    expect(await checkDrift(folder)).toEqual({ code: 0, message: "" });
  });

  it("fails when the schema has what no migration makes, and says what is missing", async () => {
    const schema = readFileSync("prisma/schema.prisma", "utf8");
    const changed = schema.replace(/^ {2}title +String$/m, "$&\n  color String?");
    expect(changed).not.toBe(schema);
    writeFileSync(join(folder, "prisma/schema.prisma"), changed);
    const { code, message } = await checkDrift(folder);
    expect(code).toBe(1);
    expect(message).toContain('ADD COLUMN     "color" TEXT');
  });
});

async function checkDrift(folder: string): Promise<{ code: number | null; message: string }> {
  const program = resolve("prisma/author.mjs");
  const child = spawn(process.execPath, [program, "--check"], { cwd: folder });
  let message = "";
  child.stderr.on("data", (chunk) => {
    message += chunk;
  });
  const [code] = await once(child, "close");
  return { code, message };
}

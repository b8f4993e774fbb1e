import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "@/lib/db/migrate.mjs";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrations-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the runner", () => {
  let database: PGlite;

  beforeAll(async () => {
    database = await PGlite.create();
  });

  beforeEach(async () => {
    await database.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  });

  afterAll(() => database.close());

  it("applies each migration once, in the order of their names", async () => {
    write("2_b", "INSERT INTO a VALUES (1)");
    write("1_a", "CREATE TABLE a (n int)");
    expect(await migrate(database, folder)).toEqual(["1_a", "2_b"]);
    expect(await migrate(database, folder)).toEqual([]);
    expect((await database.query("SELECT n FROM a")).rows).toEqual([{ n: 1 }]);
  });

  it("applies what was added later", async () => {
    write("1_a", "CREATE TABLE a (n int)");
    await migrate(database, folder);
    write("2_b", "CREATE TABLE b (n int)");
    expect(await migrate(database, folder)).toEqual(["2_b"]);
  });

  it("rolls a migration that fails back whole, and applies it once it is repaired", async () => {
    write("1_a", "CREATE TABLE a (n int)");
    write("2_b", "CREATE TABLE b (n int); SELECT nonsense");
    await expect(migrate(database, folder)).rejects.toThrow("2_b failed");
    const { rows } = await database.query("SELECT to_regclass('b') AS b, to_regclass('a') AS a");
    expect(rows).toEqual([{ b: null, a: "a" }]);

    write("2_b", "CREATE TABLE b (n int)");
    expect(await migrate(database, folder)).toEqual(["2_b"]);
  });

  it("refuses a migration that was edited after it was applied", async () => {
    write("1_a", "CREATE TABLE a (n int)");
    await migrate(database, folder);
    write("1_a", "CREATE TABLE a (n text)");
    await expect(migrate(database, folder)).rejects.toThrow("1_a was edited");
  });

  it("refuses a database whose migration Prisma left unfinished", async () => {
    write("1_a", "CREATE TABLE a (n int)");
    await migrate(database, folder);
    await database.query("UPDATE _prisma_migrations SET finished_at = NULL");
    await expect(migrate(database, folder)).rejects.toThrow("1_a failed earlier");
  });
});

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

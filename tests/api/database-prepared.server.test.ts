import { expect, it, vi } from "vitest";
import { transaction } from "@/lib/db/client";

it("a session prepares a statement with values once, and none that ends at a limit", async () => {
  // A request that has little time left bounds its statements in another way, so a busy machine tries again.
  await vi.waitFor(async () => {
    const mark = `mark_${crypto.randomUUID().replaceAll("-", "")}`;
    const found = await transaction(async (tx) => {
      for (const value of [1, 2, 3]) {
        await tx.$queryRawUnsafe(`SELECT $1::int AS "${mark}_named"`, value);
        await tx.$queryRawUnsafe(`SELECT 1 AS "${mark}_limited" LIMIT $1::int`, value);
        await tx.$queryRawUnsafe(`SELECT 1 AS "${mark}_plain"`);
      }
      return tx.$queryRaw<{ statement: string }[]>`
        SELECT "statement" FROM pg_prepared_statements
        WHERE "statement" LIKE ${`%${mark}%`}::text AND "name" <> ''`;
    });
    expect(found).toEqual([{ statement: `SELECT $1::int AS "${mark}_named"` }]);
  });
});

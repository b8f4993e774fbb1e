import "server-only";
import { Prisma, type Transaction } from "@/lib/db/client";

/**
 * The number of the write under way, for a statement that is given to `writeRows`. All rows of one
 * statement have the same number.
 */
export const writeNumber = Prisma.sql`(SELECT "number" FROM "owner")`;

/**
 * The one door of all writes to a person's synced rows. The statement takes the person's next number
 * under the lock of their row in "syncState", which is held until the transaction ends: so numbers
 * become visible in order, and a reader of what lies beyond a number never misses a row. A statement
 * that meets no row takes no number.
 *
 * @param statement INSERT or UPDATE with RETURNING. It can read "owner" (the number, and the counts
 *   of the person's row, as they are under its lock), and gives each row `writeNumber` as "seq"
 * @param counts assignments to the counts of the person's row, from the rows returned, "written"
 * @returns the rows that the statement returned
 */
export function writeRows<Row>(
  db: Transaction,
  userId: string,
  statement: Prisma.Sql,
  counts: Prisma.Sql,
): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    WITH "owner" AS (
      SELECT "head" + 1 AS "number", "liveTasks" FROM "syncState"
      WHERE "userId" = ${userId} FOR NO KEY UPDATE
    ), "written" AS (${statement}), "numbered" AS (
      UPDATE "syncState" SET "head" = ${writeNumber}, ${counts}
      WHERE "userId" = ${userId} AND EXISTS (SELECT FROM "written")
    )
    SELECT * FROM "written"`;
}

/**
 * Deletes for good what has been in a person's trash since before a moment. A reader who has not met
 * these rows begins again: the floor rises in the same statement.
 *
 * @param table in quotation marks
 */
export async function purgeTrash(
  db: Transaction,
  userId: string,
  table: Prisma.Sql,
  before: Date,
): Promise<void> {
  await db.$executeRaw`
    WITH "owner" AS (
      SELECT "userId" AS "ownerId" FROM "syncState" WHERE "userId" = ${userId} FOR NO KEY UPDATE
    ), "gone" AS (
      DELETE FROM ${table} USING "owner" WHERE "userId" = "ownerId" AND "deletedAt" < ${before}
      RETURNING "seq"
    )
    UPDATE "syncState" SET "floor" = GREATEST("floor", (SELECT max("seq") FROM "gone"))
    WHERE "userId" = ${userId} AND EXISTS (SELECT FROM "gone")`;
}

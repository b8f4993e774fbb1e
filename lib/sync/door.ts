import "server-only";
import { database, Prisma, type Transaction, transaction } from "@/lib/db/client";
import { announceWrite } from "@/lib/sync/held-requests";

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
export async function writeRows<Row>(
  db: Transaction,
  userId: string,
  statement: Prisma.Sql,
  counts: Prisma.Sql,
): Promise<Row[]> {
  const rows = await db.$queryRaw<Row[]>`
    WITH "owner" AS (
      SELECT "head" + 1 AS "number", "liveTasks" FROM "syncState"
      WHERE "userId" = ${userId} FOR NO KEY UPDATE
    ), "written" AS (${statement}), "numbered" AS (
      UPDATE "syncState" SET "head" = ${writeNumber}, ${counts}
      WHERE "userId" = ${userId} AND EXISTS (SELECT FROM "written")
    )
    SELECT * FROM "written"`;
  if (db === database() && rows.length > 0) {
    announceWrite(userId);
  }
  return rows;
}

/** Runs several writes of a person as one transaction, and tells their readers when it is stored. */
export async function writeTogether<Result>(
  userId: string,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const result = await transaction(work);
  announceWrite(userId);
  return result;
}

/**
 * Locks a person's row until the transaction ends. What follows sees all that was written before,
 * and no other write of theirs comes between.
 */
export async function lockOwner(tx: Transaction, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "syncState" WHERE "userId" = ${userId} FOR NO KEY UPDATE`;
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

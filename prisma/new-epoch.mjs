// `npm run db:new-epoch`, after a backup was restored: ends all cursors of the feed of changes, so
// that every client reads its person's data again from the beginning.
import { randomUUID } from "node:crypto";
import { inTransaction } from "../lib/db/transaction.mjs";
import { runWithDatabase } from "./connect.mjs";

await runWithDatabase(async (connection) => {
  const { rows } = await inTransaction(connection, { schema: connection.schema }, async () => {
    // One epoch for everybody: sharded tables take no function that differs from row to row.
    await connection.query(`UPDATE "syncState" SET "epoch" = $1::uuid`, [randomUUID()]);
    return connection.query(`SELECT count(*)::int AS "accounts" FROM "syncState"`);
  });
  console.log(`A new epoch has begun. All cursors have ended; accounts: ${rows[0]?.accounts}.`);
});

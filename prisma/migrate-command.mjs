// `npm run db:migrate`: applies the migrations that the database does not have yet.

import { migrate } from "../lib/db/migrate.mjs";
import { runWithDatabase } from "./connect.mjs";

await runWithDatabase(async (connection) => {
  const applied = await migrate(connection, undefined, {
    schema: connection.schema,
    onWait: (holders) => console.log(`Waiting for ${holders}.`),
  });
  console.log(applied.length ? `Applied ${applied.join(", ")}.` : "There was nothing to apply.");
});

import { database, shareDatabase } from "@/lib/db/client";

/** What the app asked its database: which operation of which model, and with what. */
export type Statement = { name: string; args: unknown };

/** Puts a client in the app's place that notes what it asks the database, from now on. */
export function noteStatements(): Statement[] {
  const statements: Statement[] = [];
  const noting = database().$extends({
    query: {
      $allOperations({ model, operation, args, query }) {
        statements.push({ name: model ? `${model}.${operation}` : operation, args });
        return query(args);
      },
    },
  });
  shareDatabase(noting);
  return statements;
}

import { appendFileSync } from "node:fs";
import type pg from "pg";
import { database, shareDatabase } from "@/lib/db/client";
import { requestContext } from "@/lib/http/request-context";
import { processWide } from "@/lib/process-wide";

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

/**
 * Appends each text of SQL that this connection runs for a request, or after it, to a file, a line of JSON each.
 * What a test itself asks is not noted.
 */
export function noteTexts(connection: pg.PoolClient, path: string): void {
  const known = processWide("texts of statements", () => new Set<string>());
  const query = connection.query;
  function noting(this: pg.PoolClient, ...parameters: unknown[]) {
    const [sent] = parameters;
    const text = typeof sent === "object" && sent !== null && "text" in sent ? sent.text : sent;
    if (typeof text === "string" && isForRequest() && !known.has(text)) {
      known.add(text);
      appendFileSync(path, `${JSON.stringify(text)}\n`);
    }
    return Reflect.apply(query, this, parameters);
  }
  Object.assign(connection, { query: noting });
}

function isForRequest(): boolean {
  try {
    requestContext();
    return true;
  } catch {
    return false;
  }
}

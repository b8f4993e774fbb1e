import { randomUUID } from "node:crypto";
import pg from "pg";

/** The Postgres server of these tests, where there is one. */
export const serverUrl = process.env.E2E_DATABASE_URL ?? "";

/** An empty database on the server, for one test. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `evo_e2e_${randomUUID().replaceAll("-", "")}`;
  await query(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => void (await query(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

/** Runs one statement over a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

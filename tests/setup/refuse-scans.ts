import { existsSync, readFileSync } from "node:fs";
import type pg from "pg";

const peopleCount = 5_000;
const rowCount = 20_000;
/** These hold a row or two, however many people there are. */
const smallTables = ["_prisma_migrations", "jwks"];

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

/**
 * Plans each statement that the tests had the app send, in a database whose tables are full, and
 * looks whether each foreign key has an index for what it deletes along with a row.
 *
 * @param client a connection to a migrated, empty database
 * @param path a file with a statement in each line, as JSON
 * @throws Error naming the statements that read a whole table
 */
export async function refuseScans(client: pg.Client, path: string): Promise<void> {
  await fill(client);
  const offences = await unindexedForeignKeys(client);
  for (const statement of readStatements(path)) {
    const tables = await scannedTables(client, statement);
    offences.push(...tables.map((table) => `"${table}" is read whole by:\n${statement}`));
  }
  if (offences.length > 0) {
    throw new Error(`These need an index.\n\n${offences.join("\n\n")}`);
  }
}

/** Each text once, without BEGIN, SET and the like. */
function readStatements(path: string): string[] {
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  const texts = new Set(lines.map((line) => String(JSON.parse(line))));
  return [...texts].filter((text) => /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text));
}

/** The generic plan: the one that holds for any parameters. */
async function scannedTables(client: pg.Client, statement: string): Promise<string[]> {
  await client.query(`PREPARE "planned" AS ${statement}`);
  const { rows } = await client.query<{ count: number }>(
    "SELECT coalesce(cardinality(parameter_types), 0) AS count FROM pg_prepared_statements WHERE name = 'planned'",
  );
  const count = rows[0]?.count ?? 0;
  const parameters = count === 0 ? "" : `(${Array(count).fill("NULL").join(", ")})`;
  const explained = await client.query<{ "QUERY PLAN": { Plan: Plan }[] }>(
    `EXPLAIN (FORMAT JSON) EXECUTE "planned"${parameters}`,
  );
  await client.query('DEALLOCATE "planned"');
  return explained.rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan }) => scansIn(Plan)));
}

function scansIn(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(scansIn);
  const table = plan["Relation Name"];
  const isScan = plan["Node Type"] === "Seq Scan" && table !== undefined;
  return isScan && !smallTables.includes(table) ? [table, ...below] : below;
}

/** To delete a row, Postgres looks for what refers to it by a statement that no plan shows. */
async function unindexedForeignKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT conname AS name FROM pg_constraint
    WHERE contype = 'f' AND NOT EXISTS (
      SELECT 1 FROM pg_index WHERE indrelid = conrelid AND indkey[0] = conkey[1] AND indpred IS NULL
    )`);
  return rows.map(({ name }) => `The foreign key "${name}" has no index.`);
}

/** @throws Error where a table is not filled, such as one that a new migration makes */
async function fill(client: pg.Client): Promise<void> {
  await client.query("SET plan_cache_mode = force_generic_plan");
  for (const insertion of insertions) {
    await client.query(`${insertion} FROM generate_series(1, ${rowCount}) AS n`);
  }
  await client.query("ANALYZE");
  const { rows } = await client.query<{ name: string; count: number }>(`
    SELECT relname AS name, reltuples AS count FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`);
  const isEmpty = ({ name, count }: (typeof rows)[number]) =>
    count < peopleCount && !smallTables.includes(name);
  const empty = rows.filter(isEmpty).map(({ name }) => name);
  if (empty.length > 0) {
    throw new Error(`Fill ${empty.join(", ")} in tests/setup/refuse-scans.ts as well.`);
  }
}

const owner = `'person ' || n % ${peopleCount}`;
const uuid = "lpad(n::text, 32, '0')::uuid";
const end = "now() + (n - 10000) * interval '1 minute'";
const insertions = [
  `INSERT INTO "user" ("id", "name", "email") SELECT 'person ' || n % ${rowCount}, 'A', n || '@example.test'`,
  `INSERT INTO "session" ("id", "token", "userId", "expiresAt") SELECT n, n, ${owner}, ${end}`,
  `INSERT INTO "account" ("id", "accountId", "providerId", "userId") SELECT n, n, 'credential', ${owner}`,
  `INSERT INTO "verification" ("id", "identifier", "value", "expiresAt")
    SELECT n, n, '{"link":{"userId":"' || ${owner} || '"}}', ${end}`,
  `INSERT INTO "rateLimit" ("id", "key", "count", "lastRequest") SELECT n, n, 1, n`,
  `INSERT INTO "task" ("userId", "id", "title", "deletedAt", "seq")
    SELECT ${owner}, gen_random_uuid(), 'Task ' || n, CASE WHEN n % 4 = 0 THEN now() END, 1`,
  `INSERT INTO "syncDevice" ("userId", "id") SELECT ${owner}, ${uuid}`,
  `INSERT INTO "syncResult" ("userId", "deviceId", "n", "changeId", "result")
    SELECT ${owner}, ${uuid}, 1, ${uuid}, '{}'`,
  `INSERT INTO "idempotencyKey" ("userId", "key", "requestHash", "answer") SELECT ${owner}, n, 'h', '{}'`,
  `INSERT INTO "oneTimeToken" ("hash", "userId", "purpose", "expiresAt") SELECT n, ${owner}, 'p', ${end}`,
  `INSERT INTO "twoStep" ("userId") SELECT 'person ' || n % ${rowCount}`,
  `INSERT INTO "recoveryCode" ("userId", "hash") SELECT ${owner}, n`,
  `INSERT INTO "passkey" ("userId", "id", "name", "credentialId", "publicKey", "counter", "transports", "backedUp")
    SELECT ${owner}, n, 'p', n, 'k', 0, '', true`,
  `INSERT INTO "passkeyChallenge" ("hash", "challenge", "userId", "expiresAt") SELECT n, 'c', ${owner}, ${end}`,
  `INSERT INTO "apiKey" ("userId", "id", "name", "scopes", "hash", "lastFour", "expiresAt")
    SELECT ${owner}, n, 'k', 'tasks:read', n, 'abcd', ${end}`,
  `INSERT INTO "deviceRequest" ("hash", "userCode", "clientId", "scopes", "userId", "expiresAt")
    SELECT n, n, 'c', 'tasks:read', ${owner}, ${end}`,
];

import { readFileSync } from "node:fs";

/** Of `prisma/distribute.sql` what a Postgres server without Citus can run: all but the distributing calls. */
export function distributeOnPlainPostgres(): string {
  return readFileSync("prisma/distribute.sql", "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("SELECT create_distributed_table("))
    .join("\n");
}

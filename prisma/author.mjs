// `npm run db:author -- <name>` writes the next migration from the schema;
// `npm run db:drift` fails when the schema and the migrations disagree.
import { mkdirSync, writeFileSync } from "node:fs";
import { schemaDifference } from "./schema-difference.mjs";

const [argument] = process.argv.slice(2);
const schemaPath = "prisma/schema.prisma";
const migrationsPath = "prisma/migrations";
const sql = await schemaDifference({ schemaPath, migrationsPath });

if (argument === "--check") {
  checkDrift();
} else if (!argument || !/^[a-z0-9_]+$/.test(argument)) {
  fail("Name the migration in lower case: npm run db:author -- add_task_color");
} else {
  writeMigration(argument);
}
process.exit(0);

function checkDrift() {
  if (sql !== null) {
    fail(`The schema and the migrations disagree. Run: npm run db:author -- <name>\n\n${sql}`);
  }
  console.log("The schema and the migrations agree.");
}

/** @param {string} name */
function writeMigration(name) {
  if (sql === null) {
    fail("The migrations already lead to the schema: there is nothing to write.");
  }
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const directory = `${migrationsPath}/${stamp}_${name}`;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/migration.sql`, sql);
  console.log(`Wrote ${directory}/migration.sql. Read it before you commit it.`);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PrismaPGlite } from "pglite-prisma-adapter";

/**
 * The SQL that leads from the migrations to the schema, computed by Prisma's schema engine
 * (the WebAssembly build, which needs no download) on a database in memory.
 *
 * @param {{ schemaPath: string, migrationsPath: string }} paths
 * @returns {Promise<string | null>} the SQL, or null when the two agree
 */
export async function schemaDifference({ schemaPath, migrationsPath }) {
  const files = [{ path: schemaPath, content: readFileSync(schemaPath, "utf8") }];
  await loadEngine();
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(new PGlite()));
  /** @type {[string, string][]} */
  const datamodels = files.map(({ path, content }) => [path, content]);
  const schemaEngine = await engine.SchemaEngine.new({ datamodels }, () => {}, factory);
  const difference = await schemaEngine.diff({
    from: { tag: "migrations", ...migrationsList(migrationsPath) },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  const agree = 0;
  return difference.exitCode === agree ? null : difference.stdout;
}

async function loadEngine() {
  const require = createRequire(import.meta.url);
  const path = require
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(path), {
    "./schema_engine_bg.js": engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports.__wbindgen_start)();
}

/**
 * @param {string} baseDir
 * @returns {import("@prisma/schema-engine-wasm/schema_engine_bg").MigrationList}
 */
function migrationsList(baseDir) {
  const lockfile = `${baseDir}/migration_lock.toml`;
  const names = existsSync(baseDir)
    ? readdirSync(baseDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];
  return {
    baseDir,
    shadowDbInitScript: "",
    lockfile: {
      path: "migration_lock.toml",
      content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null,
    },
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(`${baseDir}/${name}/migration.sql`, "utf8") },
      },
    })),
  };
}

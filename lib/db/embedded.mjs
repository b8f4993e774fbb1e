import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createPGlite } from "./create-pglite.mjs";
import { explainFolder } from "./explain-folder.mjs";
import { takeLock } from "./lock.mjs";
import { isMemorySmall, spareMemory } from "./memory-limit.mjs";

const majorVersion = "18";

/**
 * Opens the embedded Postgres in a folder, making it on the first start. The folder holds `postgres`
 * (the data) and `lock`, which one process holds at a time: two would lose each other's rows.
 *
 * @param {string} directory
 * @returns {Promise<{ database: PGlite, close: () => Promise<void> }>}
 * @throws Error with the way out when another process has it open, or the data is of another version
 */
export async function openEmbedded(directory) {
  const folder = resolve(directory);
  try {
    return await open(folder);
  } catch (error) {
    throw explainFolder(error, folder);
  }
}

/**
 * @param {string} folder
 * @returns {Promise<{ database: PGlite, close: () => Promise<void> }>}
 */
async function open(folder) {
  const data = join(folder, "postgres");
  spareMemory();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = await takeLock(join(folder, "lock"));
  if (!release) {
    throw new Error(
      `Another process has the embedded database in ${folder} open. Stop it, or set PGLITE_DIR to another folder, or use a Postgres server with DATABASE_URL. Stop the app before you run a command; for an app in a container, run the command in a second container with the same volume.`,
    );
  }
  try {
    refuseOtherVersion(folder);
    refuseOtherVersion(data);
    if (!existsSync(data)) {
      await initialize(data);
    }
    assertOwn(data);
    const database = await createPGlite({ dataDir: data, startParams: startParameters() });
    return {
      database,
      close: async () => {
        await database.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** How Postgres is started: PGlite gives it the usual 128 MB of buffers. */
function startParameters() {
  const ownBuffers = isMemorySmall() ? ["-c", "shared_buffers=16MB"] : [];
  return [...PGlite.defaultStartParams, ...ownBuffers];
}

/**
 * The data appears under its name only when it is whole, so a first start may be killed and repeated.
 *
 * @param {string} data
 */
async function initialize(data) {
  const unfinished = `${data}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await PGlite.create({ dataDir: unfinished, ...packedCluster() });
  await database.close();
  await rename(unfinished, data);
}

/** The cluster that the build packed, if this is a build. Without it PGlite makes one, which takes longer and more memory. */
function packedCluster() {
  const file = join(process.cwd(), "prisma", "cluster.tar.gz");
  return existsSync(/* turbopackIgnore: true */ file)
    ? { loadDataDir: new File([readFileSync(/* turbopackIgnore: true */ file)], "cluster.tar.gz") }
    : {};
}

/** @param {string} directory */
function refuseOtherVersion(directory) {
  const file = join(directory, "PG_VERSION");
  const version = existsSync(file) ? readFileSync(file, "utf8").trim() : majorVersion;
  if (version !== majorVersion) {
    throw new Error(
      `The data in ${directory} belongs to Postgres ${version}, and this version of Evo-TODO embeds Postgres ${majorVersion}. Start the version that made it and export the data, or set PGLITE_DIR to an empty folder.`,
    );
  }
}

/**
 * The database itself would only say that it failed.
 *
 * @param {string} data
 */
function assertOwn(data) {
  for (const path of [data, ...readdirSync(data).map((name) => join(data, name))]) {
    accessSync(path, constants.R_OK | constants.W_OK);
  }
}

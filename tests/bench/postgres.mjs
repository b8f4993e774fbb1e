import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePort } from "./start-build.mjs";

const programsFolder = "/usr/lib/postgresql";

/**
 * Starts a Postgres server of the bench's own on the loopback, with the programs of Debian's packages.
 * It ends with this process.
 *
 * @returns {Promise<{ url: string, pid: number }>}
 */
export async function startPostgres() {
  const version = readdirSync(programsFolder)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1);
  const program = (/** @type {string} */ name) => join(programsFolder, version ?? "", "bin", name);
  const folder = mkdtempSync(join(tmpdir(), "evo-bench-postgres-"));
  const port = await freePort();
  if (userInfo().uid === 0) {
    const id = Number(execFileSync("id", ["-u", "postgres"], { encoding: "utf8" }));
    chownSync(folder, id, id);
  }
  const data = join(folder, "data");
  const locale = ["-E", "UTF8", "--locale=C.UTF-8"];
  run(folder, program("initdb"), ["-D", data, "-U", "evo", "-A", "trust", ...locale]);
  const settings = `-h 127.0.0.1 -p ${port} -k ${folder}`;
  run(folder, program("pg_ctl"), [
    "-D",
    data,
    "-w",
    "-s",
    "-l",
    `${data}.log`,
    "-o",
    settings,
    "start",
  ]);
  // Also when what follows fails.
  process.once("exit", () => {
    run(folder, program("pg_ctl"), ["-D", data, "-s", "-m", "immediate", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: `postgresql://evo@127.0.0.1:${port}/postgres`,
    pid: Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n", 1)[0]),
  };
}

/**
 * Runs a program of Postgres, which refuses to run as root.
 *
 * @param {string} cwd
 * @param {string} program
 * @param {string[]} args
 */
function run(cwd, program, args) {
  const asPostgres = userInfo().uid === 0 ? ["runuser", "-u", "postgres", "--"] : [];
  const [first = program, ...rest] = [...asPostgres, program, ...args];
  execFileSync(first, rest, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

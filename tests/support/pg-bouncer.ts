import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "./free-port";

/** A PgBouncer in front of the server of a database, which lends a connection for one transaction at a time. */
export type Bouncer = { url: string; stop: () => Promise<void> };

const nobody = 65_534;

/**
 * Starts one on the loopback and waits until it answers. Its connections to the server are few, so
 * that they pass from hand to hand.
 */
export async function startBouncer(databaseUrl: string, settings: Record<string, string> = {}) {
  const target = new URL(databaseUrl);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "evo-pg-bouncer-"));
  chmodSync(folder, 0o755);
  const file = join(folder, "pgbouncer.ini");
  const all = {
    listen_addr: "127.0.0.1",
    listen_port: String(port),
    unix_socket_dir: "",
    auth_type: "any",
    pool_mode: "transaction",
    default_pool_size: "5",
    max_client_conn: "200",
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  const where = `host=${target.hostname} port=${target.port} user=${target.username}`;
  writeFileSync(file, ["[databases]", `* = ${where}`, "[pgbouncer]", ...lines, ""].join("\n"));
  // PgBouncer refuses to run as root.
  const asNobody = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const child = spawn("pgbouncer", ["-q", file], { cwd: folder, stdio: "pipe", ...asNobody });
  target.host = `127.0.0.1:${port}`;
  await untilItAnswers(target.href, child);
  const bouncer: Bouncer = {
    url: target.href,
    stop: async () => {
      const gone = new Promise((done) => child.once("close", done));
      child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
  return bouncer;
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  let output = "";
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  const ended = new Promise<never>((_, fail) => {
    child.once("error", fail);
    child.once("close", () => fail(new Error(`PgBouncer ended:\n${output}`)));
  });
  ended.catch(() => {});
  while (!(await Promise.race([answers(url), ended]))) {
    // Each try takes as long as a refused connection.
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectToServer } from "@/lib/db/connect-server.mjs";
import { databaseUrl } from "@/tests/setup/database-template";
import { type Bouncer, startBouncer } from "@/tests/support/pg-bouncer";

const serverUrl = process.env.TEST_DATABASE_URL ?? "";
const secret = "secret-word";

let folder = "";
let guarded: Bouncer;
let encrypted: Bouncer;

describe("a server that cannot be used", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "evo-certificates-"));
    chmodSync(folder, 0o755);
    makeCertificates();
    writeFileSync(join(folder, "users"), `"evo" "${secret}"\n"ada" "${secret}"\n`);
    guarded = await startBouncer(withUser(serverUrl, "evo", secret), {
      auth_type: "scram-sha-256",
      auth_file: join(folder, "users"),
    });
    encrypted = await startBouncer(serverUrl, {
      client_tls_sslmode: "allow",
      client_tls_key_file: join(folder, "server.key"),
      client_tls_cert_file: join(folder, "server.crt"),
    });
  });

  afterAll(async () => {
    await guarded.stop();
    await encrypted.stop();
    rmSync(folder, { recursive: true });
  });

  const refused: [name: string, url: () => string, wayOut: RegExp][] = [
    [
      "a wrong password",
      () => withUser(guarded.url, "evo", `${secret}-2`),
      /refuses the user name or the password.*DATABASE_URL.*percent-encoded/,
    ],
    ["no password", () => withUser(guarded.url, "evo", ""), /address has none/],
    [
      "an unknown role",
      () => withUser(serverUrl, "nobody-at-all", secret),
      /role does not exist.*DATABASE_URL/,
    ],
    [
      "an unknown database",
      () => databaseUrl(serverUrl, "nothing-at-all"),
      /no database of this name.*CREATE DATABASE/,
    ],
    [
      "a pooler that refuses a startup parameter",
      () => `${guarded.url}?options=-c%20jit%3Doff`,
      /startup parameter.*ignore_startup_parameters/,
    ],
    ["a server without TLS", () => `${serverUrl}?sslmode=require`, /sslmode=disable/],
    ["an unknown authority", () => tls("sslmode=require"), /authority.*sslrootcert=<file>/],
    [
      "a certificate for another host",
      () => tls(`sslmode=verify-full&sslrootcert=${folder}/ca.crt`),
      /for another host.*sslmode=verify-ca/,
    ],
    [
      "a file of a certificate that is not there",
      () => tls("sslmode=require&sslrootcert=/nowhere/ca.crt"),
      /\/nowhere\/ca\.crt.*cannot be read/,
    ],
  ];

  it.each(refused)(
    "is refused at once for %s, with the way out and without the password",
    async (_, url, wayOut) => {
      const waits: string[] = [];
      const error = await failureOf(url(), waits);
      expect(error[0]).toMatch(wayOut);
      expect(error.join()).not.toContain(secret);
      expect(waits).toEqual([]);
    },
  );

  it.each([
    ["verify-ca", () => `sslmode=verify-ca&sslrootcert=${folder}/ca.crt`],
    ["no-verify", () => "sslmode=no-verify"],
    ["require as libpq has it", () => "uselibpqcompat=true&sslmode=require"],
  ])("a hoster's own authority serves with %s", async (_, query) => {
    const connection = await connectToServer(tls(query()));
    const { rows } = await connection.query("SELECT 1 AS one");
    await connection.close();
    expect(rows).toEqual([{ one: 1 }]);
  });

  it("is waited for while it refuses connections, and each wait says why", async () => {
    const waits: string[] = [];
    const url = withUser("postgresql://evo@127.0.0.1:1/nothing", "evo", secret);
    const error = await failureOf(url, waits, 500);
    expect(waits).toEqual([expect.stringContaining("ECONNREFUSED")]);
    expect(error[0]).toMatch(/cannot be reached: .*ECONNREFUSED.*DATABASE_URL/);
    expect([...waits, ...error].join()).not.toContain(secret);
  });

  it("is waited for while it is full", async () => {
    const full = await startBouncer(serverUrl, { max_client_conn: "1" });
    const first = await connectToServer(full.url);
    const waits: string[] = [];
    const onWait = (cause: string) => {
      waits.push(cause);
      void first.close();
    };
    const second = await connectToServer(full.url, { patience: 60_000, onWait });
    await second.close();
    await full.stop();
    expect(waits[0]).toContain("no more connections");
  });
});

function tls(query: string): string {
  return `${encrypted.url}?${query}`;
}

/** The messages of an error and of its causes. */
async function failureOf(url: string, waits: string[], patience = 60_000): Promise<string[]> {
  const messages: string[] = [];
  try {
    const options = { patience, onWait: (cause: string) => waits.push(cause) };
    await (await connectToServer(url, options)).close();
  } catch (error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      messages.push(cause.message);
    }
  }
  return messages;
}

function withUser(url: string, user: string, password: string): string {
  const other = new URL(url);
  other.username = user;
  other.password = password;
  return other.href;
}

/** An authority of our own, and a server's certificate for a host that the server is not at. */
function makeCertificates(): void {
  const openssl = (...parameters: string[]) =>
    execFileSync("openssl", parameters, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=A hoster");
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "server.key",
    "-out",
    "server.crt",
    "-CA",
    "ca.crt",
    "-CAkey",
    "ca.key",
    "-subj",
    "/CN=db.example",
    "-addext",
    "subjectAltName=DNS:db.example",
  );
  chmodSync(join(folder, "server.key"), 0o644);
}

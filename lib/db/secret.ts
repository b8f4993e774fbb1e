import "server-only";
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { explainFolder } from "@/lib/db/explain-folder.mjs";
import { env } from "@/lib/env";

const secretLengthMin = 32;
const fileName = "auth-secret";

/** The secrets that sign cookies and encrypt signing keys: the first is used, the others still open. */
export type AuthSecrets = {
  current: string;
  /** Newest first, as in `BETTER_AUTH_SECRETS`; undefined with one secret only. */
  versions: { version: number; value: string }[] | undefined;
  /** What encrypted before there were versions: `BETTER_AUTH_SECRET`, else the oldest version. */
  legacy: string;
};

/**
 * The secrets from the environment. Without one, development and the embedded database make one and
 * keep it beside the data, readable by its owner only.
 *
 * @throws Error saying how to make one, in production on a database server
 */
export function authSecrets(): AuthSecrets {
  const versions = parseVersions(env.versionedSecrets);
  const current = versions?.[0]?.value ?? env.secret ?? ownSecret();
  const legacy = env.secret ?? versions?.at(-1)?.value ?? current;
  return { current, versions, legacy };
}

/** The secret that is used now. Derive a key of its own from it for each use. */
export function appSecret(): string {
  return authSecrets().current;
}

function parseVersions(text: string | undefined): AuthSecrets["versions"] {
  return text?.split(",").map((entry) => {
    const colon = entry.indexOf(":");
    return { version: Number(entry.slice(0, colon)), value: entry.slice(colon + 1) };
  });
}

function ownSecret(): string {
  if (env.isProduction && env.databaseUrl) {
    throw new Error(
      "BETTER_AUTH_SECRET is missing. Make one with `openssl rand -base64 32`, set it, and keep it: it signs cookies and encrypts the signing keys in the database.",
    );
  }
  return readOrMakeSecret(env.embeddedDatabaseDirectory);
}

/**
 * Reads the secret kept in a folder, making it on first use. Parallel first uses agree on one.
 *
 * @throws Error with the way out when the file holds no secret or the folder is not this user's
 */
export function readOrMakeSecret(directory: string): string {
  const file = join(directory, fileName);
  const secret = readOrMake(directory, file);
  if (secret.length < secretLengthMin) {
    throw new Error(`The file ${file} holds no secret. Restore it, or set BETTER_AUTH_SECRET.`);
  }
  return secret;
}

function readOrMake(directory: string, file: string): string {
  try {
    return read(file) ?? make(directory, file);
  } catch (error) {
    throw explainFolder(error, resolve(directory));
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if (isErrorWithCode(error, "ENOENT")) {
      return null;
    }
    throw error;
  }
}

/** A link appears at once and whole, and only for the first of several. */
function make(directory: string, file: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isErrorWithCode(error, "EEXIST")) {
      throw error;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8").trim();
}

function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readOrMakeSecret } from "@/lib/db/secret";
import { readEnvironment } from "@/lib/env";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "secret-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
  vi.unstubAllEnvs();
  vi.resetModules();
});

it("a secret is made once, of 32 random bytes, for its owner's eyes only", () => {
  const secret = readOrMakeSecret(join(directory, "data"));
  const file = join(directory, "data", "auth-secret");
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  expect(readOrMakeSecret(join(directory, "data"))).toBe(secret);
  expect(readFileSync(file, "utf8").trim()).toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("a file that holds no secret is refused: one has 32 characters at least", () => {
  const write = (secret: string) => writeFileSync(join(directory, "auth-secret"), `${secret}\n`);
  write("x".repeat(31));
  expect(() => readOrMakeSecret(directory)).toThrow("holds no secret");
  write("x".repeat(32));
  expect(readOrMakeSecret(directory)).toBe("x".repeat(32));
});

it("a setting that holds no secret is refused: one has 32 characters at least", () => {
  const secretOf = (secret: string) => readEnvironment({ BETTER_AUTH_SECRET: secret }).secret;
  expect(() => secretOf("x".repeat(31))).toThrow("BETTER_AUTH_SECRET");
  expect(secretOf("x".repeat(32))).toBe("x".repeat(32));
});

it("production with a database server does not start without a secret, and says how to make one", async () => {
  vi.stubEnv("NODE_ENV", "production");
  vi.stubEnv("DATABASE_URL", "postgres://localhost/none");
  vi.stubEnv("BETTER_AUTH_SECRET", "");
  const { authSecrets } = await import("@/lib/db/secret");
  expect(() => authSecrets()).toThrow("openssl rand -base64 32");
});

it("of several versions the first is used and the last opens what came before versions", async () => {
  const [newer, older] = ["n".repeat(32), "o:".repeat(16)];
  vi.stubEnv("BETTER_AUTH_SECRET", "");
  vi.stubEnv("BETTER_AUTH_SECRETS", `2:${newer},1:${older}`);
  const { authSecrets } = await import("@/lib/db/secret");
  expect(authSecrets()).toEqual({
    current: newer,
    versions: [
      { version: 2, value: newer },
      { version: 1, value: older },
    ],
    legacy: older,
  });
});

import { PrismaPg } from "@prisma/adapter-pg";
import { describe, expect, it } from "vitest";
import { createDatabase, database, shareDatabase } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { createAuthenticator } from "@/tests/support/passkey";
import { cookieFor, createUser } from "@/tests/support/users";

const challenge = "A".repeat(43);
const options = { challenge, user: { id: "AAAA" } };
const waiting = `evo-todo-3000.second_step=${challenge}.remember; evo-todo-3000.passkey=${challenge}`;

const routes: [path: string, body: object][] = [
  ["verify-password", { password: "x" }],
  ["two-factor/enable", { method: "totp" }],
  ["two-factor/confirm", { code: "123456" }],
  ["two-factor/disable", {}],
  ["two-factor/generate-backup-codes", {}],
  ["two-factor/verify-totp", { code: "123456" }],
  ["two-factor/verify-backup-code", { code: "0000-0000-0000-0000" }],
  ["passkey/generate-register-options", {}],
  ["passkey/verify-registration", { response: createAuthenticator().register(options) }],
  ["passkey/generate-authenticate-options", {}],
  [
    "passkey/verify-authentication",
    { response: createAuthenticator().signIn(options, { userHandle: "AAAA" }) },
  ],
  ["passkey/update-passkey", { id: "x", name: "x" }],
  ["passkey/delete-passkey", { id: "x" }],
];

describe.each(routes)("%s", (route, body) => {
  const path = `/api/auth/${route}`;

  it("offers POST and nothing else, and takes no query", async () => {
    const other = await call("GET", path);
    expect(other.status).toBe(405);
    expect(other.headers.get("allow")).toBe("POST, OPTIONS");
    expect((await call("POST", `${path}?next=https://evil.example`, { body })).status).toBe(400);
  });

  it("is for the site's own host and pages", async () => {
    for (const headers of [
      { Host: "evil.example" },
      { Origin: "https://evil.example" },
      { "Sec-Fetch-Site": "cross-site" },
    ]) {
      expect((await call("POST", path, { body, headers })).status).toBe(400);
    }
  });

  it.each([
    ["too large", "x".repeat(65 * 1024), 413],
    ["no JSON", "{", 400],
    ["no object", "null", 400],
    ["a list", "[]", 400],
  ])("refuses a body that is %s", async (_name, raw, status) => {
    const headers = { Cookie: `${cookieFor(await createUser())}; ${waiting}` };
    expect((await call("POST", path, { raw, headers })).status).toBe(status);
  });

  it("says so while the database is away, and signs nobody out", async () => {
    const headers = { Cookie: `${cookieFor(await createUser())}; ${waiting}` };
    const here = database();
    shareDatabase(
      createDatabase(new PrismaPg({ connectionString: "postgres://nobody@127.0.0.1:1/none" })),
    );
    try {
      const answer = await call("POST", path, { headers, body });
      expect(problemIn(answer).code).toBe("unavailable");
      expect(answer.headers.getSetCookie()).toEqual([]);
    } finally {
      shareDatabase(here);
    }
  });
});

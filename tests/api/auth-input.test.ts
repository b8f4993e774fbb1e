import { PrismaPg } from "@prisma/adapter-pg";
import { describe, expect, it } from "vitest";
import { createDatabase, database, shareDatabase } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

const password = "quiet otter reads maps";

const paths: [method: string, path: string][] = [
  ["POST", "/api/auth/sign-up/email"],
  ["POST", "/api/auth/sign-in/email"],
  ["POST", "/api/auth/sign-out"],
  ["GET", "/api/auth/get-session"],
  ["GET", "/api/auth/token"],
  ["GET", "/api/auth/jwks"],
  ["GET", "/api/auth/list-sessions"],
  ["POST", "/api/auth/revoke-session"],
  ["POST", "/api/auth/revoke-sessions"],
  ["POST", "/api/auth/revoke-other-sessions"],
  ["POST", "/api/auth/change-password"],
  ["POST", "/api/auth/update-user"],
  ["POST", "/api/auth/delete-user"],
  ["POST", "/api/auth/set-password"],
  ["GET", "/api/auth/export-data"],
  ["POST", "/api/auth/link-social"],
  ["POST", "/api/auth/unlink-account"],
  ["GET", "/api/auth/ok"],
];

describe("every auth route", () => {
  it.each(paths)("%s %s offers its method and no other", async (method, path) => {
    const allow = method === "GET" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
    const other = await call(method === "GET" ? "POST" : "GET", path);
    expect(other.status).toBe(405);
    expect(other.headers.get("allow")).toBe(allow);
    const options = await call("OPTIONS", path);
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toBe(allow);
  });

  it.each(paths)("%s %s takes no query", async (method, path) => {
    const answer = await call(method, `${path}?callbackURL=https://evil.example`);
    expect(problemIn(answer)).toMatchObject({
      code: "invalid_input",
      errors: [{ pointer: "?callbackURL", detail: "is not a member of this request" }],
    });
  });

  it.each(paths)("%s %s answers only for the site's own host", async (method, path) => {
    const answer = await call(method, path, { headers: { Host: "evil.example" } });
    expect(answer.status).toBe(400);
    expect(problemIn(answer).detail).toContain("BETTER_AUTH_URL");
  });

  it.each(paths.filter(([method]) => method === "POST"))(
    "%s %s is refused from another site's page",
    async (method, path) => {
      for (const headers of [
        { Origin: "https://evil.example" },
        { Origin: "null" },
        { "Sec-Fetch-Site": "cross-site" },
        { "Sec-Fetch-Site": "same-site" },
      ]) {
        expect((await call(method, path, { body: {}, headers })).status).toBe(400);
      }
    },
  );

  it("answers for the other loopback names", async () => {
    const headers = { Host: "127.0.0.1:3000", Origin: "http://127.0.0.1:3000" };
    expect((await call("POST", "/api/auth/sign-out", { headers })).status).toBe(200);
  });

  it.each([
    "/api/auth/sign-in",
    "/api/auth/sign-in/email/",
    "/api/auth/Sign-In/email",
    "/api/auth/list-accounts",
    "/api/auth/get-access-token",
    "/api/auth/callback/apple",
    "/api/auth/update-session",
    "/api/auth/delete-user/callback",
    "/api/auth/error",
    "/api/auth/reference",
  ])("%s is not found", async (path) => {
    for (const method of ["GET", "POST"]) {
      const answer = await call(method, path);
      expect(problemIn(answer).code).toBe("not_found");
    }
  });
});

describe("a body", () => {
  const good = { email: "ada@example.test", password, name: "Ada" };

  it.each([
    ["no address", { email: undefined }, "/email"],
    ["an address that is none", { email: "ada" }, "/email"],
    ["a list as address", { email: ["ada@example.test"] }, "/email"],
    ["an operator as address", { email: { contains: "" } }, "/email"],
    ["NUL in the address", { email: "ada\0@example.test" }, "/email"],
    ["a long address", { email: `${"a".repeat(250)}@example.test` }, "/email"],
    ["no password", { password: undefined }, "/password"],
    ["a number as password", { password: 123456789012 }, "/password"],
    ["eleven characters", { password: "elevenchars" }, "/password"],
    ["eleven characters of two units each", { password: "🦦".repeat(11) }, "/password"],
    ["129 characters", { password: "x".repeat(129) }, "/password"],
    ["a common password", { password: "Password1234" }, "/password"],
    ["a lone surrogate in the password", { password: `${password}\ud800` }, "/password"],
    ["NUL in the password", { password: `${password}\0` }, "/password"],
    ["a password of the site's name", { password: "evo-todo-2026" }, "/password"],
    ["an empty name", { name: " " }, "/name"],
    ["a long name", { name: "🦦".repeat(101) }, "/name"],
    ["a lone surrogate in the name", { name: "\udc00" }, "/name"],
    ["an image", { image: "javascript:alert(1)" }, "/image"],
    ["a callback URL", { callbackURL: "https://evil.example" }, "/callbackURL"],
    ["a role", { role: "admin" }, "/role"],
    ["an id", { id: "1" }, "/id"],
  ])("with %s makes no account", async (_name, change, pointer) => {
    const body = { ...good, ...change };
    const answer = await call("POST", "/api/auth/sign-up/email", { body });
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
    expect(await database().user.count({ where: { email: good.email } })).toBe(0);
  });

  it.each([
    ["12 characters", "x".repeat(12)],
    ["128 characters", "y".repeat(128)],
    ["128 characters of two units each", "🦦".repeat(128)],
    ["spaces and any script", "  ľadový čaj 冰茶  "],
  ])("may have a password of %s", async (_name, accepted) => {
    const body = { email: randomAddress(), password: accepted, name: "Ada 🦦" };
    expect((await call("POST", "/api/auth/sign-up/email", { body })).status).toBe(200);
    const { name: _, ...credentials } = body;
    expect((await call("POST", "/api/auth/sign-in/email", { body: credentials })).status).toBe(200);
  });

  it("names all wrong members at once", async () => {
    const body = { email: 1, password: "short", role: "admin" };
    const answer = await call("POST", "/api/auth/sign-up/email", { body });
    const pointers = problemIn(answer).errors?.map((error) => error.pointer);
    expect(pointers?.sort()).toEqual(["/email", "/password", "/role"]);
  });

  it.each([
    ["too large", "x".repeat(65 * 1024), {}, 413],
    ["a form", "email=a", { "Content-Type": "application/x-www-form-urlencoded" }, 415],
    ["no JSON", "{", {}, 400],
    ["a name twice", '{"email":"a@b.test","email":"a@b.test"}', {}, 400],
    ["no object", "null", {}, 400],
  ])("that is %s is refused", async (_name, raw, headers, status) => {
    for (const path of ["sign-up/email", "sign-in/email"]) {
      expect((await call("POST", `/api/auth/${path}`, { raw, headers })).status).toBe(status);
    }
  });

  it("changes a name and nothing else of a user", async () => {
    const user = await createUser();
    const headers = { Cookie: cookieFor(user) };
    const change = (body: object) => call("POST", "/api/auth/update-user", { headers, body });
    expect((await change({ name: "Grace" })).status).toBe(200);
    expect((await change({ name: "a\0b" })).status).toBe(400);
    expect((await change({ image: "x" })).status).toBe(400);
    expect((await change({ email: "x@example.test" })).status).toBe(400);
    const row = await database().user.findUniqueOrThrow({ where: { id: user.id } });
    expect(row).toMatchObject({ name: "Grace", email: user.email, image: null });
  });
});

describe("a signed-out visitor", () => {
  it.each([
    ["GET", "token"],
    ["GET", "list-sessions"],
    ["POST", "revoke-session"],
    ["POST", "revoke-sessions"],
    ["POST", "revoke-other-sessions"],
    ["POST", "change-password"],
    ["POST", "update-user"],
    ["POST", "delete-user"],
    ["POST", "set-password"],
    ["GET", "export-data"],
    ["POST", "link-social"],
    ["POST", "unlink-account"],
  ])("%s %s is refused", async (method, path) => {
    for (const headers of [{}, { Cookie: "evo-todo-3000.session_token=forged.signature" }]) {
      const answer = await call(method, `/api/auth/${path}`, { headers });
      expect(answer.status).toBe(401);
      expect(problemIn(answer).code).toBe("unauthenticated");
    }
  });

  it("has no session, and no error", async () => {
    const answer = await call("GET", "/api/auth/get-session");
    expect(answer).toMatchObject({ status: 200, body: null });
  });
});

describe("while the database is away", () => {
  it.each(paths.filter(([, path]) => !path.endsWith("/ok")))(
    "%s %s says so and signs nobody out",
    async (method, path) => {
      const headers = { Cookie: cookieFor(await createUser()) };
      const here = database();
      shareDatabase(
        createDatabase(new PrismaPg({ connectionString: "postgres://nobody@127.0.0.1:1/none" })),
      );
      try {
        const body = { email: "ada@example.test", password };
        const isSign = path.endsWith("/email");
        const answer = await call(method, path, { headers, ...(isSign && { body }) });
        expect(answer.status).toBe(503);
        expect(answer.headers.get("retry-after")).not.toBeNull();
        expect(answer.headers.getSetCookie()).toEqual([]);
      } finally {
        shareDatabase(here);
      }
    },
  );
});

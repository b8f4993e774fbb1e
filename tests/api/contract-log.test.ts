import { beforeEach, describe, expect, it } from "vitest";
import { apiMethods } from "@/lib/http/api-methods";
import { call } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { authMembers } from "@/tests/support/auth-members";
import { keepLogLines, type LogLines } from "@/tests/support/log-lines";
import { taskOwner } from "@/tests/support/task-owner";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser, randomAddress, randomText } from "@/tests/support/users";

/** Every name under which some route takes text. */
const members = new Set((await authMembers()).flat().concat("title", "description", "id"));

let lines: LogLines;

beforeEach(() => {
  lines = keepLogLines();
});

describe("a request's line in the log", () => {
  it("says when, how grave, which request, whose, what, how it ended and how long it took", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    await owner.send("GET", `/api/tasks/${id}`, { headers: { "X-Request-Id": "mine-1" } });
    const read = lines.named("request").at(-1);
    expect(read).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: "info",
      msg: "request",
      requestId: "mine-1",
      userId: owner.id,
      method: "GET",
      route: "/api/tasks/{id}",
      status: 200,
      milliseconds: expect.any(Number),
    });
  });

  it("names the error code of a refusal, and no user where none is known", async () => {
    await call("GET", "/api/tasks");
    expect(lines.named("request").at(-1)).toMatchObject({ status: 401, code: "unauthenticated" });
    expect(lines.named("request").at(-1)).not.toHaveProperty("userId");
    await call("POST", "/api/auth/device/token", { body: {} });
    expect(lines.named("request").at(-1)).toMatchObject({ status: 400, code: "invalid_input" });
  });

  it.each([
    ["/api/tasks?q=secret", "/api/tasks"],
    ["/api/tasks/secret/restore", "/api/tasks/{id}/restore"],
    ["/api/secret", "/api/*"],
    ["/api/auth/secret", "/api/*"],
    ["/api/auth/callback/github?code=secret", "/api/auth/callback/github"],
  ])("names the route of %s as %s", async (path, route) => {
    await call("GET", path);
    expect(lines.named("request").at(-1)).toMatchObject({ route });
    expect(lines.text()).not.toContain("secret");
  });
});

/** What somebody may ask for who is not signed in, and is asked for here without anything of theirs. */
const forAnybody = new Set([
  "/api/auth/callback/github",
  "/api/auth/callback/google",
  "/api/auth/decline-account",
  "/api/auth/device/code",
  "/api/auth/device/token",
  "/api/auth/jwks",
  "/api/auth/ok",
  "/api/auth/passkey/generate-authenticate-options",
  "/api/auth/passkey/verify-authentication",
  "/api/auth/request-password-reset",
  "/api/auth/reset-password",
  "/api/auth/send-verification-email",
  "/api/auth/sign-in/email",
  "/api/auth/sign-in/social",
  "/api/auth/sign-up/email",
  "/api/auth/two-factor/verify-backup-code",
  "/api/auth/two-factor/verify-totp",
  "/api/auth/verify-email",
]);

const authRoutes = Object.entries(apiMethods)
  .filter(([path]) => path.startsWith("/api/auth/"))
  .map(([path, allow]) => ({ path, method: allow.startsWith("GET") ? "GET" : "POST" }));

it.each(authRoutes.filter(({ path }) => !forAnybody.has(path)))(
  "$method $path is written down with the user who asked",
  async ({ method, path }) => {
    const user = await createUser();
    const body = method === "POST" ? { body: {} } : {};
    await call(method, path, { ...body, headers: { Cookie: cookieFor(user) } });
    expect(lines.named("request").at(-1)).toMatchObject({ route: path, userId: user.id });
  },
);

describe("no secret reaches the log", () => {
  it("from any part of a request, on any route", { timeout: 60_000 }, async () => {
    const canary = `canary${randomText(8)}`;
    const body = Object.fromEntries([...members].map((name) => [name, canary]));
    for (const [path, allow] of Object.entries(apiMethods)) {
      const address = `${path.replace("{id}", canary)}?token=${canary}&${canary}=1`;
      for (const method of allow.split(", ")) {
        const sent = /GET|HEAD/.test(method)
          ? {}
          : { body: { ...body, email: `${canary}@x.test` } };
        const headers = { "x-api-key": canary, Cookie: `evo-todo-3000.session_token=${canary}` };
        for (const target of [address, path.replace("{id}", canary)]) {
          await call(method, target, { ...sent, headers, token: canary });
        }
      }
    }
    expect(lines.named("request").length).toBeGreaterThan(200);
    expect(lines.text()).not.toContain(canary);
  });

  it("from what people and programs really send", async () => {
    const secrets = {
      email: randomAddress(),
      password: `quiet otter ${randomText()}`,
      title: `Buy ${randomText()}`,
    };
    const { email, password, title } = secrets;
    await call("POST", "/api/auth/sign-up/email", { body: { email, password } });
    await call("POST", "/api/auth/sign-in/email", { body: { email, password: `${password}!` } });
    const signedIn = await call("POST", "/api/auth/sign-in/email", { body: { email, password } });
    const cookies = signedIn.headers.getSetCookie().map((text) => text.split(/[=;]/)[1] ?? "");
    const user = await createUser();
    const { key } = await createKeyFor(user);
    const token = await tokenFor(user);
    await call("POST", "/api/token", { headers: { "x-api-key": key } });
    await call("POST", "/api/token", { headers: { "x-api-key": `${key}x` } });
    await call("POST", "/api/tasks", { token, body: { title } });
    await call("GET", `/api/tasks?q=${encodeURIComponent(title)}`, { token });
    expect(lines.named("auth").map(({ event }) => event)).toEqual([
      "signed up",
      "sign-in failed",
      "signed in",
      "API key refused",
    ]);
    for (const secret of [...Object.values(secrets), ...cookies, key, token, user.email]) {
      expect(secret).not.toBe("");
      expect(lines.text()).not.toContain(secret);
    }
  });
});

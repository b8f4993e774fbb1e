import { describe, expect, it, vi } from "vitest";
import { cookiePrefix, sessionCookieName } from "@/lib/auth/site";
import { type Answer, call } from "@/tests/support/api";
import { cookiePairsIn } from "@/tests/support/cookies";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("BETTER_AUTH_URL", "http://localhost:3001"));
await vi.hoisted(() => import("@/tests/support/provider-settings"));

describe("browsers send a cookie to every port of a host, so that", () => {
  it("each copy of this app gives its cookies the name of its port", async () => {
    const email = randomAddress();
    const password = "quiet otter reads maps";
    const answers = [
      await call("POST", "/api/auth/sign-up/email", { body: { name: "Ada", email, password } }),
      await call("POST", "/api/auth/sign-in/email", {
        body: { email, password, rememberMe: false },
      }),
      await call("POST", "/api/auth/sign-in/social", { body: { provider: "github" } }),
      await call("POST", "/api/auth/passkey/generate-authenticate-options"),
    ];
    const names = answers.flatMap((answer) => cookieNamesIn(answer));
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !name.startsWith("evo-todo-3001."))).toEqual([]);
  });

  it("the cookies of another copy, or of another app of Better Auth, are neither read nor ended", async () => {
    const user = await createUser();
    const [, value = ""] = cookieFor(user).split(/=(.*)/s);
    for (const name of [
      "evo-todo-3000.session_token",
      "evo-todo.session_token",
      "better-auth.session_token",
    ]) {
      const headers = { Cookie: `${name}=${value}` };
      const session = await call("GET", "/api/auth/get-session", { headers });
      expect(session.body).toBeNull();
      const signedOut = await call("POST", "/api/auth/sign-out", { headers });
      expect(cookieNamesIn(signedOut)).not.toContain(name);
    }
    const own = { Cookie: `${sessionCookieName()}=${value}` };
    const session = await call("GET", "/api/auth/get-session", { headers: own });
    expect(session.body).toMatchObject({ user: { id: user.id } });
  });
});

it.each([
  ["http://localhost:3000", "evo-todo-3000"],
  ["http://todo.lan", "evo-todo"],
  ["https://todo.example", "__Host-evo-todo"],
  ["https://todo.example:8443", "__Host-evo-todo-8443"],
])("at %s the names of cookies begin with %s", (site, prefix) => {
  expect(cookiePrefix(site)).toBe(prefix);
});

function cookieNamesIn(answer: Answer): string[] {
  return cookiePairsIn(answer).map((pair) => pair.split("=", 1)[0] ?? "");
}

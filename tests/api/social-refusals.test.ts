import { describe, expect, it, vi } from "vitest";
import { callbackHooks, withOauthCallback } from "@/lib/auth/oauth-callback";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import {
  agree,
  begin,
  comeBack,
  failureOf,
  origin,
  serveProviders,
  signIn,
  someone,
  stateOf,
  userOf,
} from "@/tests/support/provider-visits";
import { cookieFor, createUser } from "@/tests/support/users";

await vi.hoisted(() => import("@/tests/support/provider-settings"));

serveProviders();

describe("an id token of Google", () => {
  it.each([
    ["for another program", { aud: "somebody-else" }],
    ["of another issuer", { iss: "https://evil.example" }],
    ["that has ended", { exp: 1 }],
    ["without an address", { email: undefined }],
    ["whose address is not a text", { email: { contains: "" } }],
  ])("%s signs nobody in", async (_name, claims) => {
    const identity = someone();
    expect(await failureOf(signIn("google", identity, { claims }))).toBe("provider_failed");
    expect(await database().user.count({ where: { email: identity.email } })).toBe(0);
  });

  it("that does not say whether the address is confirmed signs nobody in", async () => {
    const claims = { email_verified: undefined };
    const failure = await failureOf(signIn("google", someone(), { claims }));
    expect(failure).toBe("provider_address_not_confirmed");
  });
});

it("a provider that cannot be reached is reported as failed", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  const failure = await failureOf(signIn("github", someone(), { failure: "network" }));
  vi.restoreAllMocks();
  expect(failure).toBe("provider_failed");
});

it("a provider's name becomes plain text of at most a hundred characters", async () => {
  const identity = { ...someone(), name: ` a\u0007${"🦦".repeat(200)}` };
  await signIn("google", identity);
  expect((await userOf(identity)).name).toBe(`a${"🦦".repeat(99)}`);
});

describe("where a sign-in leads", () => {
  it("is a path of this site", async () => {
    const path = "/tasks?status=completed&q=a%26b#top";
    const { cookies, url } = await begin("github", { callbackURL: path });
    const answer = await comeBack(
      "github",
      { state: stateOf(url), code: agree(url, someone()) },
      cookies,
    );
    expect(answer.headers.get("location")).toBe(`${origin}${path}`);
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/..//evil.example",
    "",
  ])("is never '%s'", async (callbackURL) => {
    for (const path of ["sign-in/social", "link-social"]) {
      const answer = await call("POST", `/api/auth/${path}`, {
        headers: { Cookie: cookieFor(await createUser()) },
        body: { provider: "github", callbackURL },
      });
      expect(problemIn(answer).errors?.map(({ pointer }) => pointer)).toEqual(["/callbackURL"]);
    }
  });
});

describe("a beginning", () => {
  it.each([
    ["no provider", {}, "/provider"],
    ["a provider we do not know", { provider: "apple" }, "/provider"],
    ["a list", { provider: ["github"] }, "/provider"],
    ["scopes", { provider: "github", scopes: ["repo"] }, "/scopes"],
    ["an id token", { provider: "google", idToken: { token: "x" } }, "/idToken"],
    [
      "another page for errors",
      { provider: "github", errorCallbackURL: "/x" },
      "/errorCallbackURL",
    ],
  ])("with %s is refused", async (_name, body, pointer) => {
    const answer = await call("POST", "/api/auth/sign-in/social", { body });
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it.each([
    ["a long state", { state: "s".repeat(200) }],
    ["a state with a space", { state: "a b" }],
    ["a long code", { state: "s", code: "c".repeat(3_000) }],
    ["NUL", { state: "s", code: "c\0" }],
  ])("that comes back with %s is refused", async (_name, query) => {
    const answer = await comeBack("github", query, { Cookie: "" });
    expect(problemIn(answer).code).toBe("invalid_input");
  });

  it("that comes back with nothing leads to the sign-in page", async () => {
    expect(await failureOf(comeBack("github", {}, { Cookie: "" }))).toBe("expired");
  });
});

it("a callback that was given up stores neither a link nor a session", async () => {
  const visit = { currentSession: null, isAbandoned: true };
  const { account, session } = callbackHooks;
  const link = () => account.create.before({ userId: "any" });
  await expect(withOauthCallback(visit, link)).rejects.toThrow(/^Nobody waits/);
  const signIn = () => session.create.before();
  await expect(withOauthCallback(visit, signIn)).rejects.toThrow(/^Nobody waits/);
});

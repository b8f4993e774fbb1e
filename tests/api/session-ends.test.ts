import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { createKeyFor, postAs } from "@/tests/support/api-keys";
import { createUserWithPassword, password } from "@/tests/support/password";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createSession, type SignedIn } from "@/tests/support/users";

type Holder = "this session" | "another session" | "an API key";
type Scene = { user: SignedIn; other: { sessionId: string; sessionToken: string }; keyId: string };

const everything: Holder[] = ["this session", "another session", "an API key"];
const newPassword = "five brown herons sleep";

/** What ends what: how it is done, and who lives on. */
const ends: [string, (scene: Scene) => Promise<{ status: number }>, Holder[]][] = [
  ["signing out", ({ user }) => postAs(user, "/sign-out", {}), ["another session", "an API key"]],
  [
    "another sign-in in the same browser",
    ({ user }) => postAs(user, "/sign-in/email", { email: user.email, password }),
    ["another session", "an API key"],
  ],
  [
    "ending one session",
    ({ user, other }) => postAs(user, "/revoke-session", { id: other.sessionId }),
    ["this session", "an API key"],
  ],
  [
    "ending the other sessions",
    ({ user }) => postAs(user, "/revoke-other-sessions", {}),
    ["this session", "an API key"],
  ],
  ["ending all sessions", ({ user }) => postAs(user, "/revoke-sessions", {}), ["an API key"]],
  [
    "a change of password",
    ({ user }) => postAs(user, "/change-password", { currentPassword: password, newPassword }),
    ["this session", "an API key"],
  ],
  [
    "a reset of the password",
    async ({ user }) => {
      const token = await issueOneTimeToken(user.id, "reset-password", 60, user.email);
      return call("POST", "/api/auth/reset-password", { body: { token, newPassword } });
    },
    ["an API key"],
  ],
  [
    "a change of address",
    async ({ user }) => {
      const token = await issueOneTimeToken(user.id, "change-email", 60, `new-${user.email}`);
      return postAs(user, "/confirm-email-change", { token });
    },
    everything,
  ],
  [
    "revoking an API key",
    ({ user, keyId }) => postAs(user, "/api-key/delete", { keyId }),
    ["this session", "another session"],
  ],
  ["deleting the account", ({ user }) => postAs(user, "/delete-user", { password }), []],
  [
    "declining an account that nobody confirmed",
    async ({ user }) => {
      await database().user.update({ where: { id: user.id }, data: { emailVerified: false } });
      const token = await issueOneTimeToken(user.id, "verify-email", 60, user.email);
      return call("POST", "/api/auth/decline-account", { body: { token } });
    },
    [],
  ],
];

afterEach(() => vi.useRealTimers());

describe.each(ends)("after %s", (_name, end, living) => {
  let scene: Scene;
  let tokens: Record<Holder, string>;

  beforeEach(async () => {
    const user = await createUserWithPassword();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
    const other = await createSession(user.id);
    const { id, key } = await createKeyFor(user);
    scene = { user, other, keyId: id };
    const exchanged = await call("POST", "/api/token", { headers: { "x-api-key": key } });
    tokens = {
      "this session": await tokenFor(user),
      "another session": await tokenFor({ ...user, ...other }),
      "an API key": z.object({ token: z.string() }).parse(exchanged.body).token,
    };
  });

  it("the tokens of what has ended stop working at once, and the others work", async () => {
    // What a process remembers of a token does not become old by itself here.
    vi.useFakeTimers({ toFake: ["performance"] });
    for (const holder of everything) {
      expect([holder, await statusWith(tokens[holder])]).toEqual([holder, 200]);
    }
    expect((await end(scene)).status).toBe(200);
    for (const holder of everything) {
      const status = living.includes(holder) ? 200 : 401;
      expect([holder, await statusWith(tokens[holder])]).toEqual([holder, status]);
    }
    expect(await isSignedIn(scene.user)).toBe(living.includes("this session"));
    expect(await isSignedIn(scene.other)).toBe(living.includes("another session"));
  });
});

async function statusWith(token: string): Promise<number> {
  return (await call("GET", "/api/tasks", { token })).status;
}

async function isSignedIn(session: { sessionToken: string }): Promise<boolean> {
  const headers = { Cookie: cookieFor(session) };
  return (await call("GET", "/api/auth/get-session", { headers })).body !== null;
}

import { expect, it } from "vitest";
import { forgetSessions } from "@/lib/auth/liveness";
import { database } from "@/lib/db/client";
import { answer } from "@/tests/support/api";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";

const site = "http://localhost:3000";

const changes = [
  ["/api/auth/api-key/create", { name: "Mine", scopes: ["tasks:read"], expiresIn: null }],
  ["/api/auth/change-email", { newEmail: "mine@example.test" }],
  ["/api/auth/set-password", { newPassword: "quiet otter reads maps" }],
  ["/api/auth/update-user", { name: "Mine" }],
  ["/api/auth/two-factor/enable", { method: "totp" }],
  ["/api/auth/passkey/generate-register-options", {}],
  ["/api/auth/revoke-other-sessions", {}],
] as const;

it.each(changes)(
  "%s, whose body is held back until its session has ended, is refused",
  async (path, body) => {
    const user = await createUser();
    const status = await sendHeldBack(path, body, { cookie: cookieFor(user) }, user);
    expect(status).toBe(401);
  },
);

it("a task whose body is held back until its session has ended is refused", async () => {
  const user = await createUser();
  const headers = { authorization: `Bearer ${await tokenFor(user)}` };
  expect(await sendHeldBack("/api/tasks", { title: "Late" }, headers, user)).toBe(401);
  expect(await database().task.count({ where: { userId: user.id } })).toBe(0);
});

/** Sends the headers, and the body once somebody reads it, after the end of the session. */
async function sendHeldBack(
  path: string,
  body: unknown,
  headers: Record<string, string>,
  { sessionId }: SignedIn,
): Promise<number> {
  const source: UnderlyingDefaultSource = {
    async pull(controller) {
      await database().session.delete({ where: { id: sessionId } });
      forgetSessions();
      controller.enqueue(new TextEncoder().encode(JSON.stringify(body)));
      controller.close();
    },
  };
  const sent = {
    method: "POST",
    headers: { "content-type": "application/json", origin: site, ...headers },
    body: new ReadableStream(source, { highWaterMark: 0 }),
    duplex: "half",
  };
  return (await answer(new Request(`${site}${path}`, sent))).status;
}

import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { createKeyFor, postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { tokenFor } from "@/tests/support/tokens";
import {
  createSession,
  createUser,
  randomText,
  type SignedIn,
  sessionIdsOf,
} from "@/tests/support/users";

const newPassword = "five brown herons sleep";

describe("changing the password", () => {
  it("ends the other sessions and whatever the old password had begun, in one transaction", async () => {
    const user = await createUserWithPassword();
    const other = await createSession(user.id);
    const stranger = await createUserWithPassword();
    const before = await hashOf(stranger);
    await grant(user, "reset-password");
    await grant(user, "second-step");
    await grant(user, "verify-email");
    await grant(stranger, "reset-password");
    await createKeyFor(user);
    const token = await tokenFor({ ...user, ...other });
    expect((await call("GET", "/api/tasks", { token })).status).toBe(200);

    const answer = await postAs(user, "/change-password", {
      currentPassword: password,
      newPassword,
    });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    const names = answer.headers.getSetCookie().map((cookie) => cookie.split("=")[0]);
    expect(names).toEqual(["evo-todo-3000.known_browser"]);
    expect(await sessionIdsOf(user)).toEqual([user.sessionId]);
    expect((await call("GET", "/api/tasks", { token })).status).toBe(401);
    expect(await grantsOf(user)).toEqual(["verify-email"]);
    expect(await grantsOf(stranger)).toEqual(["reset-password"]);
    expect(await database().apiKey.count({ where: { userId: user.id } })).toBe(1);
    expect(await hashOf(stranger)).toBe(before);
    const signIn = (tried: string) =>
      call("POST", "/api/auth/sign-in/email", { body: { email: user.email, password: tried } });
    expect((await signIn(newPassword)).status).toBe(200);
  });

  it("succeeds once for two requests at once with the same current password", async () => {
    const user = await createUserWithPassword();
    const change = (chosen: string) =>
      postAs(user, "/change-password", { currentPassword: password, newPassword: chosen });
    const chosen = [newPassword, "seven grey herons wake"];
    const answers = await Promise.all(chosen.map(change));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 200);
    const signIns = await Promise.all(
      chosen.map((tried) =>
        call("POST", "/api/auth/sign-in/email", { body: { email: user.email, password: tried } }),
      ),
    );
    expect(signIns.findIndex(({ status }) => status === 200)).toBe(winner);
    expect(signIns.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it.each([
    ["a wrong current one", { currentPassword: "not it at all", newPassword }, "/currentPassword"],
    ["a short new one", { currentPassword: password, newPassword: "short" }, "/newPassword"],
    [
      "one of the site's name",
      { currentPassword: password, newPassword: "evo-todo-12345" },
      "/newPassword",
    ],
    ["no new one", { currentPassword: password }, "/newPassword"],
  ])("is refused with %s, and nothing ends", async (_name, body, pointer) => {
    const user = await createUserWithPassword();
    await createSession(user.id);
    await grant(user, "reset-password");
    const answer = await postAs(user, "/change-password", body);
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
    expect(await sessionIdsOf(user)).toHaveLength(2);
    expect(await grantsOf(user)).toEqual(["reset-password"]);
    expect((await postAs(user, "/delete-user", { password })).status).toBe(200);
  });

  it("is refused for an account without a password", async () => {
    const user = await createUser();
    const body = { currentPassword: password, newPassword };
    expect((await postAs(user, "/change-password", body)).status).toBe(400);
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);
  });
});

describe("a first password", () => {
  it("is set once, for a person who signed in with a provider", async () => {
    const user = await createUser();
    await database().account.create({
      data: { id: randomText(), accountId: "1", providerId: "github", userId: user.id },
    });
    expect((await postAs(user, "/set-password", { newPassword })).status).toBe(200);
    const body = { email: user.email, password: newPassword };
    expect((await call("POST", "/api/auth/sign-in/email", { body })).status).toBe(200);
    const again = await postAs(user, "/set-password", { newPassword: password });
    expect(problemIn(again).code).toBe("conflict");
    expect((await call("POST", "/api/auth/sign-in/email", { body })).status).toBe(200);
  });

  it("ends the other sessions and whatever they had begun, like a change of password", async () => {
    const user = await createUser();
    await createSession(user.id);
    await grant(user, "change-email");
    expect((await postAs(user, "/set-password", { newPassword })).status).toBe(200);
    expect(await sessionIdsOf(user)).toEqual([user.sessionId]);
    expect(await grantsOf(user)).toEqual([]);
  });

  it("requires a recent sign-in", async () => {
    const user = await createUser();
    await makeSessionOld(user);
    const answer = await postAs(user, "/set-password", { newPassword });
    expect(problemIn(answer).code).toBe("recent_sign_in_required");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);
  });
});

async function grant({ id }: SignedIn, purpose: string): Promise<void> {
  await database().oneTimeToken.create({
    data: { hash: randomText(), userId: id, purpose, expiresAt: new Date(Date.now() + 60_000) },
  });
}

async function grantsOf({ id }: SignedIn): Promise<string[]> {
  const rows = await database().oneTimeToken.findMany({ where: { userId: id } });
  return rows.map(({ purpose }) => purpose);
}

async function hashOf({ id }: SignedIn): Promise<string | null | undefined> {
  return (await database().account.findFirst({ where: { userId: id } }))?.password;
}

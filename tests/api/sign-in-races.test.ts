import { describe, expect, it, vi } from "vitest";
import { findPasswordHash } from "@/lib/auth/credentials";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { hashPassword } from "@/lib/auth/password-hash";
import { startSession } from "@/lib/auth/server";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { postAs } from "@/tests/support/api-keys";
import { addPasskeyTo } from "@/tests/support/passkey";
import { createUserWithPassword, password } from "@/tests/support/password";
import { createUser, type SignedIn } from "@/tests/support/users";

// Hashes of their real cost, so that a sign-in is under way when the password changes.
vi.unmock("node:crypto");

const newPassword = "five brown herons sleep";

describe("a sign-in in progress with the previous password", () => {
  it("leaves no session behind a reset", async () => {
    const user = await userWithStrongHash();
    const token = await issueOneTimeToken(user.id, "reset-password", 60, user.email);
    const signIns = startSignIns(user);
    const reset = await call("POST", "/api/auth/reset-password", { body: { token, newPassword } });
    expect(reset.status).toBe(200);
    expect(await statusesOf(signIns)).toContain(401);
    expect(await database().session.count({ where: { userId: user.id } })).toBe(0);
  });

  it("leaves no session behind a change of password", async () => {
    const user = await userWithStrongHash();
    const signIns = startSignIns(user);
    const body = { currentPassword: password, newPassword };
    expect((await postAs(user, "/change-password", body)).status).toBe(200);
    await statusesOf(signIns);
    const left = await database().session.findMany({ where: { userId: user.id } });
    expect(left.map(({ id }) => id)).toEqual([user.sessionId]);
  });

  it("gets no session once the change has happened", async () => {
    const user = await userWithStrongHash();
    const proof = await passwordProof(user.id);
    await postAs(user, "/change-password", { currentPassword: password, newPassword });
    const starting = startSession(new Headers(), user.id, true, proof);
    await expect(starting).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await database().session.count({ where: { userId: user.id } })).toBe(1);
    const now = await passwordProof(user.id);
    expect(await startSession(new Headers(), user.id, true, now)).toHaveLength(1);
  });
});

it("a sign-in by a passkey that is removed meanwhile gets no session", async () => {
  const user = await createUser();
  const other = await createUser();
  const { passkey } = await addPasskeyTo(user);
  const { id } = passkey;
  const start = (userId: string) =>
    startSession(new Headers(), userId, true, { kind: "passkey", id });
  expect(await start(user.id)).toHaveLength(1);
  await expect(start(other.id)).rejects.toMatchObject({ code: "unauthenticated" });
  await database().passkey.delete({ where: { userId_id: { userId: user.id, id } } });
  await expect(start(user.id)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await database().session.count({ where: { userId: user.id } })).toBe(2);
  expect(await database().session.count({ where: { userId: other.id } })).toBe(1);
});

it("many sign-ins at once that would all replace a weak hash succeed", async () => {
  const user = await createUserWithPassword();
  expect(new Set(await statusesOf(startSignIns(user)))).toEqual(new Set([200]));
});

async function passwordProof(userId: string) {
  return { kind: "password", hash: (await findPasswordHash(userId)) ?? "" } as const;
}

/** With a hash of full cost, so that the sign-ins take their time. */
async function userWithStrongHash(): Promise<SignedIn> {
  const user = await createUserWithPassword();
  await database().account.updateMany({
    where: { userId: user.id },
    data: { password: await hashPassword(password) },
  });
  return user;
}

function startSignIns({ email }: SignedIn) {
  return Array.from({ length: 5 }, () =>
    call("POST", "/api/auth/sign-in/email", { body: { email, password } }),
  );
}

async function statusesOf(answers: ReturnType<typeof startSignIns>): Promise<number[]> {
  return (await Promise.all(answers)).map(({ status }) => status);
}

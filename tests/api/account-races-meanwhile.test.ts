import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { deleteAccount } from "@/lib/account/account";
import { createApiKey } from "@/lib/account/api-keys";
import { decideDeviceRequest } from "@/lib/account/device-requests";
import { confirmEmailChange } from "@/lib/account/email-address";
import { changePassword } from "@/lib/account/password";
import { verifyCredentials } from "@/lib/auth/credentials";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { keepPasskeyChallenge } from "@/lib/auth/passkey-challenges";
import { noteRecentSignIn } from "@/lib/auth/recent-sign-in";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { newKey } from "@/tests/support/api-keys";
import { createCookieJar } from "@/tests/support/cookies";
import { startDevice } from "@/tests/support/devices";
import { createUserWithPassword, password } from "@/tests/support/password";
import { protectedUser, takeFirstStep, typeCode } from "@/tests/support/second-step";
import { codeOf, forgetUsedCodes } from "@/tests/support/two-step";
import { createUser, type SignedIn, sessionIdsOf } from "@/tests/support/users";

type Table = "session" | "oneTimeToken";

// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));
afterEach(async () => {
  await run(`DROP FUNCTION IF EXISTS "changePassword" CASCADE`);
});

describe("a password that is changed at the same moment", () => {
  it("while the session is being stored leaves no session", async () => {
    const user = await createUserWithPassword();
    await changePasswordWith("session");
    const jar = createCookieJar();
    expect((await takeFirstStep(jar, user)).status).toBe(401);
    expect(jar.names()).toEqual([]);
    expect(await sessionIdsOf(user)).toEqual([user.sessionId]);
  });

  it("while the second step is being asked for begins no sign-in", async () => {
    const { user } = await protectedUser();
    await changePasswordWith("oneTimeToken");
    const jar = createCookieJar();
    expect((await takeFirstStep(jar, user)).status).toBe(401);
    expect(jar.names()).toEqual([]);
  });

  it("while the second step is being passed leaves no session", async () => {
    const { user, secret } = await protectedUser();
    const jar = createCookieJar();
    expect((await takeFirstStep(jar, user)).status).toBe(200);
    await forgetUsedCodes(user);
    await changePasswordWith("session");
    expect((await typeCode(jar, codeOf(secret))).status).toBe(401);
    expect(await sessionIdsOf(user)).toEqual([user.sessionId]);
  });
});

it("a session that ended meanwhile deletes no account", async () => {
  const user = await createUser();
  await database().session.delete({ where: { id: user.sessionId } });
  const deleting = deleteAccount(user.id, user.sessionId);
  await expect(deleting).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await database().user.count({ where: { id: user.id } })).toBe(1);
});

it("somebody else's session deletes no account", async () => {
  const user = await createUser();
  const { sessionId } = await createUser();
  await expect(deleteAccount(user.id, sessionId)).rejects.toMatchObject({
    code: "unauthenticated",
  });
  expect(await database().user.count({ where: { id: user.id } })).toBe(1);
});

it("a session that ended meanwhile approves no device", async () => {
  const user = await createUser();
  const { userCode } = await startDevice();
  await database().session.delete({ where: { id: user.sessionId } });
  const approving = decideDeviceRequest(user.id, user.sessionId, userCode, "approved");
  await expect(approving).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await database().deviceRequest.count({ where: { status: "approved" } })).toBe(0);
});

it.each<[string, (user: SignedIn) => Promise<string>]>([
  ["that is over", endedSessionOf],
  ["of somebody else", async () => (await createUser()).sessionId],
])("a session %s makes no API key", async (_name, session) => {
  const user = await createUser();
  const making = createApiKey(user.id, await session(user), newKey);
  await expect(making).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await database().apiKey.count({ where: { userId: user.id } })).toBe(0);
});

it("a person who was deleted meanwhile leaves no passkey challenge", async () => {
  const { id } = await createUser();
  await database().user.delete({ where: { id } });
  const keeping = keepPasskeyChallenge(id, "challenge");
  await expect(keeping).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await database().passkeyChallenge.count({ where: { userId: id } })).toBe(0);
});

it("a person who was signed out meanwhile gets no recent sign-in", async () => {
  const user = await createUser();
  await database().session.delete({ where: { id: user.sessionId } });
  const noting = noteRecentSignIn(user.id, user.sessionId);
  await expect(noting).rejects.toMatchObject({ code: "unauthenticated" });
});

it("a change of password ends a change of address that was begun before", async () => {
  const user = await createUserWithPassword();
  const token = await issueOneTimeToken(user.id, "change-email", 60, `new-${user.email}`);
  const { hash: currentHash } = (await verifyCredentials(user.email, password)) ?? { hash: "" };
  const newPassword = "five brown herons sleep";
  await changePassword(user.id, user.sessionId, { newPassword, currentHash });
  const confirming = confirmEmailChange(user.id, user.sessionId, token);
  await expect(confirming).rejects.toMatchObject({ code: "invalid_input" });
});

async function endedSessionOf({ sessionId }: SignedIn): Promise<string> {
  const expiresAt = new Date(Date.now() - 1_000);
  await database().session.update({ where: { id: sessionId }, data: { expiresAt } });
  return sessionId;
}

/** Changes the password of a row's person in the statement that stores the row. */
async function changePasswordWith(table: Table): Promise<void> {
  await run(`CREATE FUNCTION "changePassword"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE "account" SET "password" = 'changed' WHERE "userId" = NEW."userId";
      RETURN NEW;
    END $$`);
  await run(`CREATE TRIGGER "atThatMoment" AFTER INSERT ON "${table}"
    FOR EACH ROW EXECUTE FUNCTION "changePassword"()`);
}

async function run(sql: string): Promise<void> {
  await database().$executeRawUnsafe(sql);
}

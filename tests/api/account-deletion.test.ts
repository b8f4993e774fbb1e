import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { asOtherProgram } from "@/tests/support/other-program";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { textOfDatabase } from "@/tests/support/text-of-database";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser, randomText, type SignedIn } from "@/tests/support/users";

describe("deleting the account", () => {
  it("leaves no row of the person in any table", async () => {
    const user = await createUserWithPassword();
    const stranger = await createUserWithPassword();
    for (const owner of [user, stranger]) {
      await fill(owner);
    }
    const tables = await tablesOfPeople();
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      expect([table, await countIn(table, user)]).toEqual([table, 1]);
    }
    const token = await tokenFor(user);
    expect((await call("GET", "/api/tasks", { token })).status).toBe(200);

    const answer = await postAs(user, "/delete-user", { password });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(answer.headers.get("clear-site-data")).toContain('"storage"');
    for (const table of tables) {
      expect([table, await countIn(table, user)]).toEqual([table, 0]);
      expect([table, await countIn(table, stranger)]).toEqual([table, 1]);
    }
    expect(await textOfDatabase()).not.toMatch(new RegExp(`${user.id}|${user.email}`));
    expect((await call("GET", "/api/tasks", { token })).status).toBe(401);
    const session = await call("GET", "/api/auth/get-session", {
      headers: { Cookie: cookieFor(user) },
    });
    expect(session.body).toBeNull();
  });

  it("requires the password or a recent sign-in, and refuses a wrong password", async () => {
    const user = await createUserWithPassword();
    const wrong = await postAs(user, "/delete-user", { password: "not it at all" });
    expect(problemIn(wrong).errors).toEqual([
      { pointer: "/password", detail: "is not the account's password" },
    ]);
    await makeSessionOld(user);
    const late = await postAs(user, "/delete-user", {});
    expect(problemIn(late).code).toBe("recent_sign_in_required");
    expect(await rowOf(user)).not.toBeNull();
    expect((await postAs(user, "/delete-user", { password })).status).toBe(200);
    expect(await rowOf(user)).toBeNull();
  });

  it("accepts a recent sign-in from a person without a password", async () => {
    const user = await createUser();
    expect((await postAs(user, "/delete-user", { password })).status).toBe(400);
    expect((await postAs(user, "/delete-user", {})).status).toBe(200);
    expect(await rowOf(user)).toBeNull();
  });
});

function rowOf({ id }: SignedIn) {
  return database().user.findUnique({ where: { id } });
}

/** One row of the person in every table that names people. */
async function fill({ id: userId }: SignedIn): Promise<void> {
  const expiresAt = new Date(Date.now() + 60_000);
  const db = database();
  await asOtherProgram((tx) =>
    tx.task.create({ data: { userId, id: crypto.randomUUID(), title: "A task" } }),
  );
  await db.syncDevice.create({
    data: {
      userId,
      id: crypto.randomUUID(),
      results: { create: { n: 1, changeId: crypto.randomUUID(), result: "{}" } },
    },
  });
  await db.idempotencyKey.create({ data: { userId, key: "k", requestHash: "h", answer: {} } });
  await db.oneTimeToken.create({
    data: { hash: randomText(), userId, purpose: "verify-email", expiresAt },
  });
  await db.twoStep.create({ data: { userId, secret: "s" } });
  await db.recoveryCode.create({ data: { userId, hash: randomText() } });
  await db.passkey.create({
    data: {
      userId,
      id: "p",
      name: "p",
      credentialId: randomText(),
      publicKey: "k",
      counter: 0,
      transports: "",
      backedUp: true,
    },
  });
  await db.passkeyChallenge.create({
    data: { hash: randomText(), challenge: "c", userId, expiresAt },
  });
  await db.apiKey.create({
    data: {
      userId,
      id: "k",
      name: "k",
      scopes: "tasks:read",
      hash: randomText(),
      lastFour: "abcd",
    },
  });
  await db.deviceRequest.create({
    data: {
      hash: randomText(),
      userCode: randomText(4),
      clientId: "tool",
      scopes: "tasks:read",
      userId,
      expiresAt,
    },
  });
  await db.verification.create({
    data: {
      id: randomText(),
      identifier: randomText(),
      value: JSON.stringify({ link: { userId } }),
      expiresAt,
    },
  });
}

/** Every table with an owner; a new one is swept by itself, and needs its row in `fill`. */
async function tablesOfPeople(): Promise<string[]> {
  const rows = await database().$queryRaw<{ table_name: string }[]>`
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'userId' ORDER BY table_name`;
  return rows.map((row) => row.table_name);
}

async function countIn(table: string, { id }: SignedIn): Promise<number> {
  const [row] = await database().$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(*)::int AS "count" FROM "${table}" WHERE "userId" = $1`,
    id,
  );
  return row?.count ?? -1;
}

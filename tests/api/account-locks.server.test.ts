import { describe, expect, it, vi } from "vitest";
import { lockUser, lockUserAndSession } from "@/lib/account/locks";
import { isCurrentPasswordHash } from "@/lib/auth/credentials";
import { keepPasskeyChallenge } from "@/lib/auth/passkey-challenges";
import { database, type Transaction } from "@/lib/db/client";
import { askedFor, changes } from "@/tests/support/account-changes";
import { createUser, type SignedIn } from "@/tests/support/users";
import { setUpWaysIn } from "@/tests/support/ways-in";

const patience = 30_000;
const tables = [
  "account",
  "apiKey",
  "deviceRequest",
  "oneTimeToken",
  "passkey",
  "recoveryCode",
  "session",
  "twoStep",
];

describe("while a change to the account is in progress", () => {
  it.each(Object.entries(changes))(
    "%s waits, and holds nothing that they could wait for",
    async (_name, prepare) => {
      const person = await createUser();
      await setUpWaysIn(person.id);
      const change = await prepare(person);
      await whileHolding(person, change, (tx) => lockAllRows(tx, person.id));
    },
    2 * patience,
  );

  it.each(Object.entries(askedFor))(
    "%s comes to nothing when they end its session",
    async (_name, prepare) => {
      const person = await createUser();
      await setUpWaysIn(person.id);
      const change = await prepare(person);
      const ending = (tx: Transaction) => tx.session.deleteMany({ where: { userId: person.id } });
      const outcome = await whileHolding(person, change, ending);
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "unauthenticated" } });
    },
    2 * patience,
  );

  it("a registration of a passkey leaves nothing if the account is deleted", async () => {
    const person = await createUser();
    const begin = () => keepPasskeyChallenge(person.id, "challenge");
    const deleting = (tx: Transaction) => tx.user.delete({ where: { id: person.id } });
    const outcome = await whileHolding(person, begin, deleting);
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "unauthenticated" } });
    expect(await database().passkeyChallenge.count({ where: { userId: person.id } })).toBe(0);
  });

  it("a check whether a password is still current waits for the change", async () => {
    const { id } = await createUser();
    await setUpWaysIn(id);
    const account = { userId: id, providerId: "credential" };
    await database().account.updateMany({ where: account, data: { password: "former" } });
    let asking: Promise<boolean> = Promise.resolve(true);
    const changing = async (tx: Transaction) => {
      await tx.account.updateMany({ where: account, data: { password: "new" } });
      asking = isCurrentPasswordHash(id, "former");
      expect(await Promise.race([waiting(), asking.then(() => "went ahead")])).toBe("waits");
    };
    await database().$transaction(changing, { timeout: patience });
    expect(await asking).toBe(false);
  });
});

describe("while a session changes the account", () => {
  it("a sign-out of that session waits", async () => {
    const { id, sessionId } = await createUser();
    let ending: Promise<unknown> = Promise.resolve();
    const changing = async (tx: Transaction) => {
      await lockUserAndSession(tx, id, sessionId);
      ending = Promise.allSettled([database().session.delete({ where: { id: sessionId } })]);
      expect(await Promise.race([waiting(), ending.then(() => "went ahead")])).toBe("waits");
    };
    await database().$transaction(changing, { timeout: patience });
    expect(await ending).toMatchObject([{ status: "fulfilled" }]);
  });
});

/** Begins a change while another transaction holds the person, which then does what it does. */
async function whileHolding(
  { id }: SignedIn,
  change: () => Promise<unknown>,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<PromiseSettledResult<unknown> | undefined> {
  let changing: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
  // Not by our own function: its deadline is shorter than the hash of a password may take.
  const holding = async (tx: Transaction) => {
    await lockUser(tx, id);
    changing = Promise.allSettled([change()]);
    const first = await Promise.race([waiting(), changing.then(() => "went ahead")]);
    expect(first).toBe("waits");
    await work(tx);
  };
  await database().$transaction(holding, { timeout: patience });
  return (await changing)[0];
}

/** Until another transaction of this test's database waits for a lock. */
function waiting(): Promise<string> {
  return vi
    .waitFor(
      async () => {
        const blocked = await database().$queryRaw<unknown[]>`
          SELECT 1 FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect(blocked).toHaveLength(1);
      },
      { timeout: patience, interval: 10 },
    )
    .then(
      () => "waits",
      () => "never waits",
    );
}

/** Fails at once for a row that somebody else holds. */
async function lockAllRows(tx: Transaction, userId: string): Promise<void> {
  for (const table of tables) {
    const sql = `SELECT 1 FROM "${table}" WHERE "userId" = $1 FOR UPDATE NOWAIT`;
    await tx.$queryRawUnsafe(sql, userId);
  }
}

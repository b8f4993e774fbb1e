import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { database, type Transaction, transaction } from "@/lib/db/client";
import { writeTogether } from "@/lib/sync/door";
import { updateTask } from "@/lib/tasks/update-task";
import { readAll } from "@/tests/support/sync";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const writersCount = 10;
const roundsPerWriter = 12;
const pauseMillisecondsMax = 8;

/** Gives a task a title, and ends its transaction some milliseconds later. */
type Write = (owner: TaskOwner, id: string, title: string) => Promise<unknown>;

const throughTheDoor: Write = ({ id: userId }, id, title) =>
  writeTogether(userId, async (tx) => {
    await updateTask({ userId }, id, { title }, undefined, tx);
    await pauseBeforeCommit();
  });

/** The number is taken, and said to be the latest, before the row that has it can be seen. */
const numberedByASequence: Write = async ({ id: userId }, id, title) => {
  const [taken] = await database().$queryRaw<{ number: bigint }[]>`
    WITH "taken" AS (SELECT nextval('"race"') AS "number")
    UPDATE "syncState" SET "head" = GREATEST("head", "number") FROM "taken"
    WHERE "userId" = ${userId} RETURNING "number"`;
  await transaction(async (tx) => {
    await writeTitle(tx, userId, id, title, taken?.number ?? 0n);
    await pauseBeforeCommit();
  });
};

describe("a reader of the feed, while ten writers pause between write and commit", () => {
  beforeAll(async () => {
    await database().$executeRaw`CREATE SEQUENCE "race" START 1000`;
  });

  it("misses nothing", async () => {
    expect(await missedBy(throughTheDoor)).toBe(0);
  });

  it("would miss rows if their numbers came from a sequence", async () => {
    expect(await missedBy(numberedByASequence)).toBeGreaterThan(0);
  });
});

/** How many tasks a reader, who only ever goes on from its cursor, does not hold as they are. */
async function missedBy(write: Write): Promise<number> {
  const owner = await taskOwner();
  const tasks = await Promise.all(Array.from({ length: writersCount * 4 }, () => owner.make()));
  const { rows, cursor } = await readAll(owner);
  const replica = new Map([...rows.values()].map(({ id, title }) => [id, title]));
  let isOver = false;
  const following = follow(owner, replica, cursor, () => isOver);
  await Promise.all(
    Array.from({ length: writersCount }, async (_, writer) => {
      for (let round = 0; round < roundsPerWriter; round += 1) {
        const { id } = tasks[writer * 4 + (round % 4)] ?? { id: "" };
        await write(owner, id, `Writer ${writer}, round ${round}`);
      }
    }),
  );
  isOver = true;
  await following;
  const stored = await readAll(owner);
  return [...stored.rows.values()].filter(({ id, title }) => replica.get(id) !== title).length;
}

async function follow(
  owner: TaskOwner,
  replica: Map<string, string>,
  start: string,
  isOver: () => boolean,
): Promise<void> {
  let cursor = start;
  for (let isLast = false; !isLast; ) {
    isLast = isOver();
    const page = await readAll(owner, { cursor });
    for (const { id, title } of page.rows.values()) {
      replica.set(id, title);
    }
    cursor = page.cursor;
  }
}

async function writeTitle(
  tx: Transaction,
  userId: string,
  id: string,
  title: string,
  number: bigint,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "task" SET "title" = ${title}, "seq" = ${number}, "version" = "version" + 1
    WHERE "userId" = ${userId} AND "id" = ${id}::uuid`;
}

function pauseBeforeCommit(): Promise<void> {
  return pause(Math.random() * pauseMillisecondsMax);
}

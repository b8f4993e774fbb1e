import { describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { problemIn } from "@/tests/support/bodies";
import { asOtherProgram } from "@/tests/support/other-program";
import { readAll, readFeed } from "@/tests/support/sync";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const dayMilliseconds = 86_400_000;

describe("the feed of changes", () => {
  it("begins with all there is, those in the trash too, oldest change first", async () => {
    const owner = await taskOwner();
    const [first, second] = [await owner.make(), await owner.make()];
    await owner.send("DELETE", `/api/tasks/${second.id}`);
    await owner.send("PATCH", `/api/tasks/${first.id}`, { body: { title: "Later" } });
    const page = await readFeed(owner);
    expect(page).toEqual({
      schema: 1,
      rows: [
        {
          ...second,
          kind: "task",
          version: 2,
          updatedAt: expect.any(String),
          deletedAt: expect.any(String),
        },
        {
          ...first,
          kind: "task",
          title: "Later",
          version: 2,
          updatedAt: expect.any(String),
          deletedAt: null,
        },
      ],
      cursor: expect.any(String),
      more: false,
    });
    const rest = await readFeed(owner, { cursor: page.cursor });
    expect(rest).toEqual({ schema: 1, rows: [], cursor: page.cursor, more: false });
  });

  it("gives what has changed since, each row once and at its latest state", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const { cursor } = await readFeed(owner);
    await owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "One" } });
    const made = await owner.make();
    await owner.send("PATCH", `/api/tasks/${id}`, { body: { title: "Two" } });
    const { rows } = await readFeed(owner, { cursor });
    expect(rows.map((row) => [row.id, row.title])).toEqual([
      [made.id, "A task"],
      [id, "Two"],
    ]);
  });

  it.each(["1", "2", "3"])(
    "pages of %s rows make up the whole, also of one write",
    async (limit) => {
      const owner = await taskOwner();
      await asOtherProgram((tx) =>
        tx.task.createMany({
          data: Array.from({ length: 7 }, (_, index) => ({
            userId: owner.id,
            id: crypto.randomUUID(),
            title: `Task ${index}`,
          })),
        }),
      );
      await owner.make();
      const { rows, cursor } = await readAll(owner, { limit });
      const listed = await owner.listAll();
      expect([...rows.keys()].sort()).toEqual(listed.map((task) => task.id).sort());
      expect((await readFeed(owner, { cursor })).rows).toEqual([]);
    },
  );

  it("has 500 rows in an answer, or up to 1000 when they are asked for", async () => {
    const owner = await taskOwner();
    await asOtherProgram((tx) =>
      tx.task.createMany({
        data: Array.from({ length: 1_001 }, () => ({
          userId: owner.id,
          id: crypto.randomUUID(),
          title: "Short",
        })),
      }),
    );
    expect(await readFeed(owner)).toMatchObject({ rows: { length: 500 }, more: true });
    expect(await readFeed(owner, { limit: "1000" })).toMatchObject({
      rows: { length: 1_000 },
      more: true,
    });
  });

  it("ends an answer at 1 MiB", async () => {
    const owner = await taskOwner();
    const description = "ß".repeat(2_000);
    await asOtherProgram((tx) =>
      tx.task.createMany({
        data: Array.from({ length: 300 }, () => ({
          userId: owner.id,
          id: crypto.randomUUID(),
          title: "Long",
          description,
        })),
      }),
    );
    const answer = await owner.send("GET", "/api/sync?limit=1000");
    const bytes = Buffer.byteLength(JSON.stringify(answer.body));
    expect(bytes).toBeLessThan(1_048_576 + 10_000);
    expect(bytes).toBeGreaterThan(1_048_576 - 10_000);
    const { rows } = await readAll(owner, { limit: "1000" });
    expect(rows.size).toBe(300);
  });

  it("is a person's own: another's rows are not in it, and their cursor is not for it", async () => {
    const [owner, other] = [await taskOwner(), await taskOwner()];
    await other.make();
    const { cursor } = await readFeed(other);
    expect((await readFeed(owner)).rows).toEqual([]);
    const foreign = await owner.send("GET", `/api/sync?cursor=${cursor}`);
    expect(foreign.status).toBe(400);
    expect(problemIn(foreign).code).toBe("invalid_cursor");
  });

  it.each([
    "limit=0",
    "limit=1001",
    "wait=21",
    "wait=-1",
    "from=0",
    "device=x",
    "schema=x",
    "nope=1",
    "limit=1&limit=1",
  ])("refuses ?%s", async (query) => {
    const owner = await taskOwner();
    const answer = await owner.send("GET", `/api/sync?${query}`);
    expect(answer.status).toBe(400);
    expect(problemIn(answer).code).toBe("invalid_input");
  });
});

describe("410 resync_required", () => {
  async function expectResync(owner: TaskOwner, cursor: string) {
    const answer = await owner.send("GET", `/api/sync?cursor=${cursor}`);
    expect(answer.status).toBe(410);
    expect(problemIn(answer).code).toBe("resync_required");
  }

  it("is the answer where a row is gone that the reader still holds, and a reader past it goes on", async () => {
    const owner = await taskOwner();
    const { id } = await owner.make();
    const before = (await readFeed(owner)).cursor;
    await owner.send("DELETE", `/api/tasks/${id}`);
    const past = (await readFeed(owner)).cursor;
    const longAgo = new Date(Date.now() - 31 * dayMilliseconds);
    await database().$executeRaw`
      WITH "next" AS (
        UPDATE "syncState" SET "head" = "head" + 1 WHERE "userId" = ${owner.id} RETURNING "head"
      )
      UPDATE "task" SET "deletedAt" = ${longAgo}, "seq" = (SELECT "head" FROM "next")
      WHERE "userId" = ${owner.id} AND "id" = ${id}::uuid`;
    const later = (await readFeed(owner)).cursor;
    const { id: other } = await owner.make();
    await owner.send("DELETE", `/api/tasks/${other}`);
    await expectResync(owner, before);
    await expectResync(owner, past);
    expect((await readFeed(owner, { cursor: later })).rows.map((row) => row.id)).toEqual([other]);
  });

  it("does not stop a reader who began after the row was gone, page by page", async () => {
    const owner = await taskOwner();
    for (let count = 0; count < 3; count += 1) {
      await owner.make();
    }
    const { id } = await owner.make();
    await database().task.delete({ where: { userId_id: { userId: owner.id, id } } });
    expect((await readAll(owner, { limit: "1" })).rows.size).toBe(3);
  });

  it("is the answer to a cursor beyond the head, after a backup was restored, and ends all earlier ones", async () => {
    const owner = await taskOwner();
    await owner.make();
    const early = (await readFeed(owner)).cursor;
    await owner.make();
    const late = (await readFeed(owner)).cursor;
    await database().syncState.update({ where: { userId: owner.id }, data: { head: 2n } });
    await expectResync(owner, late);
    await expectResync(owner, early);
    const { cursor } = await readAll(owner);
    expect((await readFeed(owner, { cursor })).more).toBe(false);
  });

  it("is the answer to a schema that is not known", async () => {
    const owner = await taskOwner();
    expect((await owner.send("GET", "/api/sync?schema=1")).status).toBe(200);
    expect((await owner.send("GET", "/api/sync?schema=2")).status).toBe(410);
  });
});

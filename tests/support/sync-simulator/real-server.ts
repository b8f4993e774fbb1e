import { z } from "zod";
import { database, Prisma } from "@/lib/db/client";
import { purgeTrash } from "@/lib/sync/door";
import type { Answer as HttpAnswer } from "@/tests/support/api";
import { taskIn } from "@/tests/support/bodies";
import { feedIn, readAll } from "@/tests/support/sync";
import { type Answer, oneOf, type Row, type Server } from "@/tests/support/sync-simulator/protocol";
import type { TaskOwner } from "@/tests/support/task-owner";

const tables = ["syncState", "task", "syncDevice", "syncResult"];

const refusal = z.looseObject({
  code: z.literal(["device_forked", "device_gap"]),
  last: z.int(),
  results: z.array(
    z.looseObject({
      n: z.int(),
      changeId: z.string(),
      status: z.literal(["stored", "conflict", "refused"]),
    }),
  ),
});

/** The real handlers and their database, for one person. */
export function realServer(owner: TaskOwner): Server {
  return {
    read: async ({ device, cursor, from, limit }) => {
      const query = new URLSearchParams({ device, from: `${from}`, limit: `${limit}` });
      if (cursor !== null) {
        query.set("cursor", cursor);
      }
      return answerIn(await owner.send("GET", `/api/sync?${query}`));
    },
    send: async ({ device, cursor, confirmed, changes }) => {
      const body = { device, cursor, confirmed, changes };
      return answerIn(await owner.send("POST", "/api/sync", { body }));
    },
    makeTasks: async () => [
      {
        ...taskIn(await owner.send("POST", "/api/tasks", { body: { title: "Made" } })),
        deletedAt: null,
      },
    ],
    purge: async (random) => {
      const trash = await database().task.findMany({
        where: { userId: owner.id, deletedAt: { not: null } },
        select: { deletedAt: true },
      });
      const before = oneOf(random, trash)?.deletedAt;
      if (before) {
        await purgeTrash(database(), owner.id, Prisma.sql`"task"`, before);
      }
    },
    backUp: async () => {
      const kept = await readTables(owner.id);
      return () => putBack(owner.id, kept);
    },
    endEpoch: async () => {
      await database().$executeRaw`
        UPDATE "syncState" SET "epoch" = gen_random_uuid() WHERE "userId" = ${owner.id}`;
    },
    rows: async () => [...(await readAll(owner)).rows.values()],
  };
}

function answerIn(answer: HttpAnswer): Answer {
  if (answer.status === 410) {
    return { kind: "resync" };
  }
  if (answer.status === 409) {
    const { code, last, results } = refusal.parse(answer.body);
    return { kind: code === "device_gap" ? "gap" : "forked", last, results };
  }
  const { rows, cursor, more, last = 0, results = [] } = feedIn(answer);
  return { kind: "page", rows: rows satisfies Row[], cursor, more, last, results };
}

/** The rows of each table as JSON, in which the database keeps every value. */
async function readTables(userId: string): Promise<string[]> {
  const texts: string[] = [];
  for (const table of tables) {
    const [read] = await database().$queryRaw<{ rows: string }[]>`
      SELECT coalesce(json_agg("kept"), '[]')::text AS "rows"
      FROM ${Prisma.raw(`"${table}"`)} AS "kept" WHERE "userId" = ${userId}`;
    texts.push(read?.rows ?? "[]");
  }
  return texts;
}

/** As a restored backup does, past all triggers. */
async function putBack(userId: string, kept: string[]): Promise<void> {
  await database().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const [index, name] of tables.entries()) {
      const table = Prisma.raw(`"${name}"`);
      await tx.$executeRaw`DELETE FROM ${table} WHERE "userId" = ${userId}`;
      await tx.$executeRaw`
        INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, ${kept[index]}::json)`;
    }
  });
}

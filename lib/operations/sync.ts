import "server-only";
import { z } from "zod";
import type { Operation } from "@/lib/operations/operation";
import { problemMembers } from "@/lib/operations/problem-schema";
import { syncLines } from "@/lib/operations/request-lines";
import { anyTaskMembers, syncedTask } from "@/lib/operations/tasks/schemas";
import { object, queryNumber, requiredOr, uuid } from "@/lib/operations/values";

const tag = "Sync";
const bytesMax = 4 * 2 ** 20;
const changesMax = 100;
const feedLimitMax = 1_000;
const feedLimitDefault = 500;
const waitSecondsMax = 20;
const numberMax = 2 ** 31 - 1;
const changesPerRequest = 10;

const exampleDevice = "01932f5c-7d1e-7a40-9c3e-5b8f0a6d2c99";
const exampleCursor = "eyJzZXEiOiI0MiJ9";

/** Every operation that a change can be. */
const ops = ["create", "update", "delete", "restore", "complete", "reopen", "skip"] as const;

const change = z.strictObject(
  {
    op: z.enum(ops, requiredOr(`must be one of ${ops.join(", ")}`)).meta({
      description: "What the change does, as the endpoint of the resource does it.",
      example: "update",
    }),
    kind: z
      .enum(["task"], requiredOr("must be task"))
      .meta({ description: "The kind of the resource.", example: "task" }),
    id: uuid.meta({ description: "The resource's UUID.", example: exampleDevice }),
    set: anyTaskMembers
      .meta({ description: "With `create` and `update`: the members that the endpoint takes." })
      .exactOptional(),
    base: anyTaskMembers
      .meta({
        description:
          "For some members of `set` the value that the change was made on. Where the stored value is neither that nor the new one, the change is a conflict. `delete` and `complete` take any member.",
      })
      .exactOptional(),
    version: z
      .int(requiredOr("must be a whole number"))
      .min(1, "must be at least 1")
      .meta({ description: "The version that the resource must have, as `If-Match` says it." })
      .exactOptional(),
    occurrenceId: uuid
      .meta({ description: "With `complete`: the id of the completed occurrence." })
      .exactOptional(),
  },
  object,
);

const conflict = {
  status: z.literal("conflict").meta({ description: "Somebody else has changed it meanwhile." }),
  current: syncedTask.meta({ description: "The resource as it stands." }),
};

const refused = {
  status: z.literal("refused").meta({ description: "It cannot be stored." }),
  problem: z
    .strictObject(problemMembers)
    .meta({ description: "The problem that the endpoint would have answered." }),
};

const stored = z.literal("stored").meta({ description: "It is stored." });

const changeResult = z
  .union([
    z.strictObject({
      status: stored,
      resource: syncedTask.meta({ description: "The resource as it is now." }),
    }),
    z.strictObject(conflict),
    z.strictObject(refused),
  ])
  .meta({ id: "ChangeResult", description: "What a change came to." });

const numbered = {
  n: z
    .int(requiredOr("must be a whole number"))
    .min(1, "must be at least 1")
    .max(numberMax, `must be at most ${numberMax}`)
    .meta({ description: "The device's own number of the change, from 1 without gaps." }),
  changeId: uuid.meta({ description: "An id of the change's own.", example: exampleDevice }),
};

const deviceResult = z
  .union([
    z.strictObject({
      ...numbered,
      status: stored,
      seq: z
        .int()
        .meta({ description: "The number that the change got; not kept for ever." })
        .exactOptional(),
    }),
    z.strictObject({ ...numbered, ...conflict }),
    z.strictObject({ ...numbered, ...refused }),
  ])
  .meta({
    id: "DeviceResult",
    description: "What a device's change came to. The resource comes with the rows.",
  });

export type SyncedRow = z.infer<typeof syncedTask>;
export type Change = z.infer<typeof change>;
export type ChangeResult = z.infer<typeof changeResult>;
export type DeviceResult = z.infer<typeof deviceResult>;

/** What is known of a device's changes. */
export const deviceState = {
  last: z
    .int()
    .meta({ description: "The number of the device's latest change that was applied." })
    .exactOptional(),
  results: z
    .array(deviceResult)
    .meta({ description: "The results that are kept for the device." })
    .exactOptional(),
};

const feed = {
  schema: z.int().meta({
    description: "Grows with the shape of the rows.",
    example: 1,
  }),
  rows: z.array(syncedTask).meta({
    description:
      "What has changed, those in the trash too, each at its latest state, oldest change first.",
  }),
  cursor: z.string().meta({ description: "Where to go on.", example: exampleCursor }),
  more: z.boolean().meta({ description: "Whether there is more to read at once." }),
};

const feedPage = z
  .strictObject({ ...feed, ...deviceState })
  .meta({ id: "Feed", description: "A page of the feed of changes." });

const changesQuery = z.strictObject({
  cursor: z
    .string(requiredOr("must be a string"))
    .meta({
      description:
        "The `cursor` of the answer before. Without it the feed begins with all there is.",
      example: exampleCursor,
    })
    .exactOptional(),
  limit: queryNumber({
    min: 1,
    max: feedLimitMax,
    description: "How many rows an answer holds at most. It also ends at 1 MiB. 500 without it.",
    example: feedLimitDefault,
  }).exactOptional(),
  wait: queryNumber({
    min: 0,
    max: waitSecondsMax,
    description:
      "For how many seconds an answer that would be empty is held until there is something. 0 without it.",
    example: waitSecondsMax,
  }).exactOptional(),
  device: uuid
    .meta({ description: "Asks for what became of this device's changes as well." })
    .exactOptional(),
  from: queryNumber({
    min: 1,
    max: numberMax,
    description: "With `device`: the number of the first change whose result is wanted.",
    example: 1,
  }).exactOptional(),
  schema: queryNumber({
    min: 1,
    max: numberMax,
    description: "The `schema` that you know. 410 where the server does not.",
    example: 1,
  }).exactOptional(),
});

const batchInput = z
  .strictObject(
    {
      changes: changesOf(change).min(1, `must have 1 to ${changesMax} changes`),
      atomic: z
        .boolean(requiredOr("must be true or false"))
        .default(false)
        .meta({ description: "Whether all are stored or none.", example: false }),
    },
    object,
  )
  .meta({ id: "BatchInput", description: "Changes to apply in order." });

const batchResult = z
  .strictObject({
    results: z.array(changeResult).meta({ description: "A result for each change." }),
    cursor: z.string().meta({
      description: "A cursor of the feed, behind the rows of this batch.",
      example: exampleCursor,
    }),
  })
  .meta({ id: "BatchResult", description: "What the changes came to." });

const deviceInput = z
  .strictObject(
    {
      device: uuid.meta({
        description: "A UUID that the device made for itself.",
        example: exampleDevice,
      }),
      cursor: z.string(requiredOr("must be a string or null")).nullable().meta({
        description: "Where the device stands in the feed; null at first.",
        example: null,
      }),
      confirmed: z
        .int(requiredOr("must be a whole number"))
        .min(0, "must be at least 0")
        .max(numberMax, `must be at most ${numberMax}`)
        .meta({ description: "The last `n` whose result the device holds durably.", example: 0 }),
      changes: changesOf(change.extend(numbered)),
    },
    object,
  )
  .meta({ id: "DeviceChanges", description: "A device's own changes, in the order made." });

/** The operations of changes as data. */
export const syncOperations = {
  applyBatch: {
    ...syncLines.applyBatch,
    tag,
    document: {
      operationId: "applyBatch",
      summary: "Apply several changes",
      description:
        "Applies the changes in their order in one transaction. Each stands for itself; with `atomic` the first that is not stored undoes all. A batch counts as many requests as it has changes.",
    },
    idempotencyKey: true,
    body: { schema: batchInput, bytesMax },
    requests: ({ changes }) => changes.length,
    answer: { kind: "keyed", schema: batchResult, words: { 200: "A result for each change." } },
    errors: [],
  },
  readChanges: {
    ...syncLines.readChanges,
    tag,
    document: {
      operationId: "readChanges",
      summary: "Read what has changed",
      description:
        "The feed of changes. Apply the rows in order and go on from `cursor` until `more` is false: then you hold exactly what the server held at some moment after your first request. No change is ever skipped.",
    },
    query: changesQuery,
    isHeld: true,
    answer: { kind: "json", schema: feedPage, words: { 200: "What has changed." } },
    errors: ["invalid_cursor", "resync_required"],
  },
  sendChanges: {
    ...syncLines.sendChanges,
    tag,
    document: {
      operationId: "sendChanges",
      summary: "Send a device's own changes",
      description:
        "Applies a device's changes in their order, each on its own and each once, and answers with their results and the feed. A change that was applied before gives its first result. Ten changes count as one request.",
    },
    body: { schema: deviceInput, bytesMax },
    requests: ({ changes }) => Math.max(1, Math.ceil(changes.length / changesPerRequest)),
    answer: {
      kind: "json",
      schema: feedPage,
      words: { 200: "The results, and what has changed." },
    },
    errors: ["invalid_cursor", "resync_required", "device_forked", "device_gap"],
  },
} as const satisfies {
  [Name in keyof typeof syncLines]: Operation & { document: { operationId: Name } };
};

function changesOf<Change extends z.ZodType>(schema: Change) {
  return z
    .array(schema, requiredOr("must be a list"))
    .max(changesMax, `must have at most ${changesMax} changes`)
    .meta({ description: `The changes, ${changesMax} at most.` });
}

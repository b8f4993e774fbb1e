import "server-only";
import { noteFailure, translateDatabaseError } from "@/lib/db/failures";
import { PrismaClient } from "@/lib/db/generated/client";
import { withinDeadline } from "@/lib/deadline";
import { processWide } from "@/lib/process-wide";

export { Prisma } from "@/lib/db/generated/client";

type Adapter = ConstructorParameters<typeof PrismaClient>[0]["adapter"];

/** The Prisma client as the app uses it: within the request's deadline, and saying `unavailable` when the database is away. */
export type Database = ReturnType<typeof createDatabase>;

/** What runs inside `transaction`: the same models, without the client's own life. */
export type Transaction = Parameters<Parameters<Database["$transaction"]>[0]>[0];

const open = processWide<{ client: Database | undefined }>("database", () => ({
  client: undefined,
}));

/** The process's database client. `openDatabase` in `lib/db/open.ts` has run before the first request. */
export function database(): Database {
  if (!open.client) {
    throw new Error("The database is not open: instrumentation.ts calls openDatabase() at start.");
  }
  return open.client;
}

/** Makes a client the process's one, or none. */
export function shareDatabase(client: Database | undefined): void {
  open.client = client;
}

/** Builds a client on a driver adapter. */
export function createDatabase(adapter: NonNullable<Adapter>) {
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 3_500, timeout: 4_000 },
  });
  return client.$extends({
    query: {
      $allOperations: ({ args, query }) =>
        noteFailure(() => withinDeadline(() => translated(() => query(args)))),
    },
  });
}

/**
 * Runs several statements as one transaction. Use only the given client inside.
 *
 * @throws AppError `unavailable` when the database is away; nothing, or everything, was stored
 */
export function transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return withinDeadline(() => translated(() => database().$transaction(work)));
}

/** Whether an error says that a row with this key stands already (PostgreSQL 23505). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

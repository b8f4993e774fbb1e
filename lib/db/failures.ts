import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { unavailable } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";

/** The first error of a query beneath some work, whether the work told of it or not. */
export type Failures = { first?: unknown };

const observed = processWide("database failures", () => new AsyncLocalStorage<Failures>());

/** Runs work, noting in `failures` what goes wrong beneath it. For callers of code that swallows errors. */
export function observeFailures<Result>(
  failures: Failures,
  work: () => Promise<Result>,
): Promise<Result> {
  return observed.run(failures, work);
}

/** Runs one query and notes its error where somebody observes. */
export async function noteFailure<Result>(query: () => Promise<Result>): Promise<Result> {
  try {
    return await query();
  } catch (error) {
    const failures = observed.getStore();
    if (failures) {
      failures.first ??= error;
    }
    throw error;
  }
}

// Connection trouble, out of resources, shutting down or starting up, system errors: PostgreSQL, appendix A.
const passingClasses = new Set(["08", "53", "57", "58"]);
const passingStates = new Set([
  "25006", // read-only transaction
  "25P03", // a transaction waited too long for its next statement
  "25P04", // a transaction took too long
  "40001", // serialization failure
  "40P01", // deadlock
  "55P03", // lock not available
  "3D000", // no such database
  "28000", // no access
  "28P01", // wrong password
]);
const passingKinds = new Set([
  "DatabaseNotReachable",
  "DatabaseDoesNotExist",
  "DatabaseAccessDenied",
  "AuthenticationFailed",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "TransactionWriteConflict",
]);
// Prisma: unreachable, timed out, pool exhausted, transaction lost.
const passingPrismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034"]);
// Errors that node-postgres raises without a code.
const passingMessage =
  /timeout exceeded when trying to connect|Query read timeout|Connection terminated|connection error|Connection ended|ECONN|EPIPE|PGlite is closed|deadline for queries has passed/i;

/** Turns an error that says the database is away into `unavailable` and leaves every other error as it is. */
export function translateDatabaseError(error: unknown): unknown {
  return causes(error).some(isPassing) ? unavailable(error) : error;
}

function isPassing(cause: Record<string, unknown>): boolean {
  const code = String(cause.originalCode ?? cause.code ?? "");
  return (
    passingClasses.has(code.length === 5 ? code.slice(0, 2) : "") ||
    passingStates.has(code) ||
    passingPrismaCodes.has(code) ||
    passingKinds.has(String(cause.kind)) ||
    passingMessage.test(String(cause.message))
  );
}

/** An error and what lies beneath it: Prisma keeps the driver's error under `cause` or `meta`. */
function causes(error: unknown): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  let next = error;
  while (isRecord(next) && found.length < 8) {
    found.push(next);
    next = next.cause ?? (isRecord(next.meta) ? next.meta.driverAdapterError : undefined);
  }
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

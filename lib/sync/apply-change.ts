import "server-only";
import type { Transaction } from "@/lib/db/client";
import { AppError, type ErrorCode, type InvalidMember, invalidMembers } from "@/lib/errors";
import { asAppError, problemOf } from "@/lib/operations/problem";
import type { Change, ChangeResult, SyncedRow } from "@/lib/operations/sync";
import type { Kind, Kinds } from "@/lib/sync/kind";

/** Why a change was refused: the error that its endpoint would have answered. */
export type Refusal = { code: ErrorCode; detail: string; errors?: InvalidMember[] };

/** What a change came to. `seq` is the number that it got. */
export type Outcome =
  | { status: "stored"; seq: number; resource: SyncedRow }
  | { status: "conflict"; current: SyncedRow }
  | { status: "refused"; refusal: Refusal };

type StoredRow = { resource: SyncedRow; seq: number };

/**
 * Applies one change in a transaction that holds the owner's lock. A change that was made on other
 * values than those stored is a conflict, and writes nothing.
 *
 * @throws AppError `unavailable` and `internal` alone; everything else is the outcome
 */
export async function applyChange(
  tx: Transaction,
  userId: string,
  change: Change,
  kinds: Kinds,
): Promise<Outcome> {
  const kind = kinds[change.kind];
  if (!kind) {
    throw new Error(`There is no kind ${change.kind}.`);
  }
  try {
    refuseUselessBase(change);
    const current = isConditional(change) ? await findRow(tx, userId, change.id, kind) : null;
    if (current && isConflict(current.resource, change)) {
      return { status: "conflict", current: current.resource };
    }
    await kind.apply(tx, userId, change);
    const { resource, seq } = await getRow(tx, userId, change.id, kind);
    return { status: "stored", seq, resource };
  } catch (error) {
    return { status: "refused", refusal: refusalOf(error) };
  }
}

/** An outcome as it is answered: of a refusal the problem that the endpoint would have answered. */
export function resultOf(outcome: Outcome, requestId: string): ChangeResult {
  if (outcome.status === "stored") {
    return { status: "stored", resource: outcome.resource };
  }
  if (outcome.status === "conflict") {
    return outcome;
  }
  const { code, detail, errors = [] } = outcome.refusal;
  const error = new AppError(code, detail, errors.length > 0 ? { errors } : {});
  return { status: "refused", problem: problemOf(error, requestId) };
}

function isConditional({ op, base, version }: Change): boolean {
  return op !== "create" && (base !== undefined || version !== undefined);
}

/** Whether somebody has changed what the change was made on, to something else than it would. */
function isConflict(stored: SyncedRow, { op, set = {}, base = {}, version }: Change): boolean {
  const current: Record<string, unknown> & SyncedRow = stored;
  if (op !== "restore" && current.deletedAt !== null) {
    return false;
  }
  const isOtherVersion = version !== undefined && version !== current.version;
  return (
    isOtherVersion ||
    Object.entries(base).some(
      ([name, value]) =>
        !isSame(current[name], value) && !(name in set && isSame(current[name], set[name])),
    )
  );
}

/** Values are as JSON has them, with the members of objects in one order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A base says what the change was made on, so it names what the change is about. */
function refuseUselessBase({ op, set = {}, base = {} }: Change): void {
  const isAboutAll = op === "delete" || op === "complete";
  const errors = Object.keys(base)
    .filter((name) => !(isAboutAll || name in set))
    .map((name) => ({ pointer: `/base/${name}`, detail: "must be a member of set" }));
  if (errors.length > 0) {
    throw invalidMembers(errors);
  }
}

async function getRow(tx: Transaction, userId: string, id: string, kind: Kind): Promise<StoredRow> {
  const row = await findRow(tx, userId, id, kind);
  if (!row) {
    throw new Error("A change that was stored has left no row.");
  }
  return row;
}

async function findRow(
  tx: Transaction,
  userId: string,
  id: string,
  { table, columns, toRow }: Kind,
): Promise<StoredRow | null> {
  const [row] = await tx.$queryRaw<{ seq: bigint; columns: Record<string, unknown> }[]>`
    SELECT "seq", (SELECT row_to_json("shown") FROM (SELECT ${columns}) AS "shown") AS "columns"
    FROM ${table} WHERE "userId" = ${userId} AND "id" = ${id}::uuid`;
  return row ? { resource: toRow(row.columns), seq: Number(row.seq) } : null;
}

/** What its endpoint would have answered. What is not about the change is thrown on, and nothing is written. */
function refusalOf(thrown: unknown): Refusal {
  const error = asAppError(thrown);
  if (error.code === "internal" || error.code === "unavailable") {
    throw thrown;
  }
  const { code, message: detail, errors } = error;
  return { code, detail, ...(errors && { errors }) };
}

import "server-only";
import type { Prisma, Transaction } from "@/lib/db/client";
import type { Change, SyncedRow } from "@/lib/operations/sync";

/** A kind of resource that is synced: how its rows are read, and how changes to them are applied. */
export type Kind = {
  /** Its table, in quotation marks. */
  table: Prisma.Sql;
  /** The columns that `toRow` takes. */
  columns: Prisma.Sql;
  /** The resource of a row, whose values are as the database's JSON has them. */
  toRow: (columns: Record<string, unknown>) => SyncedRow;
  /**
   * Applies a change as its endpoint would.
   *
   * @throws AppError and ZodError as the endpoint answers them; nothing was written then
   */
  apply: (tx: Transaction, userId: string, change: Change) => Promise<unknown>;
};

/** All kinds, by name. */
export type Kinds = Record<string, Kind>;

/** The number of the shape that `SyncedRow`s have. It grows when a later app adds to them. */
export const rowSchema = 1;

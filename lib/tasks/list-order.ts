import "server-only";
import { Prisma } from "@/lib/db/client";
import type { Position } from "@/lib/tasks/cursor";
import { type Sort, type SortField, sortFields } from "@/lib/tasks/limits";

type Field = {
  /** What the field's index holds. */
  value: Prisma.Sql;
  /** The type that `value` has in text form and back. */
  type: Prisma.Sql;
};

const fields: Record<SortField, Field> = {
  createdAt: { value: Prisma.sql`"createdAt"`, type: Prisma.sql`timestamptz` },
  updatedAt: { value: Prisma.sql`"updatedAt"`, type: Prisma.sql`timestamptz` },
  dueDate: { value: Prisma.sql`"dueDate"`, type: Prisma.sql`date` },
  priority: { value: Prisma.sql`"priority"`, type: Prisma.sql`"Priority"` },
  title: {
    value: Prisma.sql`(coalesce("titleLower", lower("title")) COLLATE "C")`,
    type: Prisma.sql`text`,
  },
};

/**
 * How a list is ordered: ties by id, upwards either way. Each field has an index. Due date and priority
 * have one for either way; the others are read backwards, and what ties is sorted by id afterwards.
 */
export type ListOrder = {
  /** What follows ORDER BY. */
  by: Prisma.Sql;
  /** The value of the sort field as text, to make a `Position` of. */
  key: Prisma.Sql;
  /** The condition that a task comes after a position. */
  after: (position: Position) => Prisma.Sql;
};

/** The order that a sort names. */
export function listOrder(sort: Sort): ListOrder {
  const field = sortedField(sort);
  const isDescending = sort.startsWith("-");
  const { value, type } = fields[field];
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const nulls = field === "dueDate" ? Prisma.sql`NULLS LAST` : Prisma.empty;
  return {
    by: Prisma.sql`${value} ${direction} ${nulls}, "id" ASC`,
    key: Prisma.sql`${value}::text`,
    after: ({ key, id }) => {
      if (key === null) {
        return Prisma.sql`(${value} IS NULL AND "id" > ${id}::uuid)`;
      }
      const here = Prisma.sql`${key}::${type}`;
      // The first half lets the index start at the position.
      const beyond = isDescending
        ? Prisma.sql`${value} <= ${here} AND (${value} < ${here} OR "id" > ${id}::uuid)`
        : Prisma.sql`${value} >= ${here} AND (${value} > ${here} OR "id" > ${id}::uuid)`;
      return field === "dueDate"
        ? Prisma.sql`((${beyond}) OR ${value} IS NULL)`
        : Prisma.sql`(${beyond})`;
    },
  };
}

function sortedField(sort: Sort): SortField {
  const field = sortFields.find((name) => sort === name || sort === `-${name}`);
  if (!field) {
    throw new Error(`No field is sorted by ${sort}.`);
  }
  return field;
}

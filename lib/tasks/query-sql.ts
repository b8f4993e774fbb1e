import "server-only";
import { z } from "zod";
import { Prisma } from "@/lib/db/client";
import {
  type Condition,
  conditionsOf,
  type SearchedField,
  type TaskFilter,
} from "@/lib/planning/filter";
import { type Order, orderOf, type Sort } from "@/lib/planning/order";
import { type FieldName, taskFields } from "@/lib/tasks/fields";

/** Where a page ended: the last task's value of the sort field, as Postgres writes it, and its id. */
export const positionForm = z.strictObject({ key: z.string().nullable(), id: z.guid() });

type Position = z.infer<typeof positionForm>;

/** The conditions of a filter of `lib/planning`, for what follows WHERE. */
export function listConditions(filter: TaskFilter): Prisma.Sql[] {
  return conditionsOf(filter).map(conditionSql);
}

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

/** The order of `lib/planning` that a sort names. */
export function listOrder(sort: Sort): ListOrder {
  const order = orderOf(sort);
  const { field, isDescending, isNullable } = order;
  const value = sortedValue(order);
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const nulls = isNullable ? Prisma.sql`NULLS LAST` : Prisma.empty;
  return {
    by: Prisma.sql`${value} ${direction} ${nulls}, "id" ASC`,
    key: Prisma.sql`${value}::text`,
    after: ({ key, id }) => {
      if (key === null) {
        return Prisma.sql`(${value} IS NULL AND "id" > ${id}::uuid)`;
      }
      const here = withCast(key, field);
      // The first half lets the index start at the position.
      const beyond = isDescending
        ? Prisma.sql`${value} <= ${here} AND (${value} < ${here} OR "id" > ${id}::uuid)`
        : Prisma.sql`${value} >= ${here} AND (${value} > ${here} OR "id" > ${id}::uuid)`;
      return isNullable ? Prisma.sql`((${beyond}) OR ${value} IS NULL)` : Prisma.sql`(${beyond})`;
    },
  };
}

function conditionSql(condition: Condition): Prisma.Sql {
  if (condition.is === "found") {
    const sought = Prisma.sql`${condition.folded}::text`;
    const places = condition.fields.map(
      (field) => Prisma.sql`position(${sought} IN ${foldedText[field]}) > 0`,
    );
    return Prisma.sql`(${Prisma.join(places, " OR ")})`;
  }
  const { field, is, value } = condition;
  return Prisma.sql`${column(field)} ${operators[is]} ${withCast(value, field)}`;
}

const operators = {
  equal: Prisma.sql`=`,
  "at most": Prisma.sql`<=`,
  "at least": Prisma.sql`>=`,
};

/** A task that another program inserted has no folded text: it goes by what the database does. */
const foldedText: Record<SearchedField, Prisma.Sql> = {
  title: Prisma.sql`coalesce("titleLower", lower("title"))`,
  description: Prisma.sql`coalesce("descriptionLower", lower("description"))`,
};

/** What the index of a sort field holds. The database sorts priorities by their rank itself. */
function sortedValue({ field, by }: Order): Prisma.Sql {
  return by === "folded text" ? Prisma.sql`(${foldedText.title} COLLATE "C")` : column(field);
}

function column(field: FieldName): Prisma.Sql {
  return Prisma.raw(`"${field}"`);
}

function withCast(value: unknown, field: FieldName): Prisma.Sql {
  return Prisma.sql`${value}::${Prisma.raw(taskFields[field].cast)}`;
}

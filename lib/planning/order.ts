import { type PlannedTask, priorities } from "@/lib/planning/planned-task";
import { compareCodePoints, fold } from "@/lib/planning/text";

type SortKey = {
  /** What of the field's value is compared: itself, its place among the priorities, or it folded. */
  by: "value" | "rank" | "folded text";
  /** Whether a task may have no value; these tasks come last in both directions. */
  isNullable: boolean;
};

const sortKeys = {
  createdAt: { by: "value", isNullable: false },
  updatedAt: { by: "value", isNullable: false },
  dueDate: { by: "value", isNullable: true },
  priority: { by: "rank", isNullable: false },
  title: { by: "folded text", isNullable: false },
} as const satisfies Partial<Record<keyof PlannedTask, SortKey>>;

/** A field that lists can be sorted by. */
export type SortField = keyof typeof sortKeys;

/** A field to sort by, with `-` for descending. */
export type Sort = SortField | `-${SortField}`;

/** An order of tasks, as data: here it is evaluated in JavaScript, by `lib/tasks` in SQL. Ties go by id, ascending. */
export type Order = SortKey & { field: SortField; isDescending: boolean };

const orders = new Map<Sort, Order>(
  sortFields().flatMap((field): [Sort, Order][] => [
    [field, { ...sortKeys[field], field, isDescending: false }],
    [`-${field}`, { ...sortKeys[field], field, isDescending: true }],
  ]),
);

/** The orders that there are. */
export const sorts: readonly Sort[] = [...orders.keys()];

/** The order that a sort names. */
export function orderOf(sort: Sort): Order {
  const order = orders.get(sort);
  if (!order) {
    throw new Error(`No list is sorted by ${sort}.`);
  }
  return order;
}

/** Compares tasks in an order, for `toSorted`. */
export function comparison(sort: Sort): (one: PlannedTask, other: PlannedTask) => number {
  const order = orderOf(sort);
  return (one, other) => {
    const byKey = compareKeys(keyOf(one, order), keyOf(other, order), order.isDescending);
    return byKey === 0 ? compareCodePoints(one.id, other.id) : byKey;
  };
}

type Key = string | number | null;

const ranks: readonly string[] = priorities;

function keyOf(task: PlannedTask, { field, by }: Order): Key {
  const value = task[field];
  if (value === null || by === "value") {
    return value;
  }
  return by === "rank" ? ranks.indexOf(value) : fold(value);
}

function compareKeys(one: Key, other: Key, isDescending: boolean): number {
  if (one === null || other === null) {
    return Number(one === null) - Number(other === null);
  }
  const difference =
    typeof one === "number" && typeof other === "number"
      ? one - other
      : compareCodePoints(String(one), String(other));
  return isDescending ? -difference : difference;
}

/** `Object.keys` types names as any string; a constant object has no names but its own. */
function sortFields(): SortField[] {
  return Object.keys(sortKeys) as SortField[];
}

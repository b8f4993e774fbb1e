import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultView,
  priorityOptions,
  readView,
  sortOptions,
  statusOptions,
  type TaskView,
  viewFilters,
  viewPath,
} from "@/app/tasks/_view/task-view";
import { listTasksQuery } from "@/lib/operations/tasks/list-tasks-query";

function oneOf<Value>(options: readonly { value: Value }[]) {
  return fc.constantFrom(...options.map(({ value }) => value));
}

const anyView: fc.Arbitrary<TaskView> = fc.record({
  status: oneOf(statusOptions),
  sort: oneOf(sortOptions),
  priority: fc.option(oneOf(priorityOptions)),
  q: fc.string({ unit: "binary", maxLength: 60 }),
});

function search(path: string): URLSearchParams {
  return new URL(path, "http://localhost").searchParams;
}

describe("the view in the URL", () => {
  it("reads back what was written", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        const written = readView(search(viewPath(view)));
        expect(readView(search(viewPath(written)))).toEqual(written);
        expect(written).toMatchObject({
          status: view.status,
          sort: view.sort,
          priority: view.priority,
        });
      }),
    );
  });

  it("is always a query the API accepts, whatever stands in the URL", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("status", "q", "sort", "priority"), fc.string()),
        (given) => {
          const filters = viewFilters(readView(new URLSearchParams(given)));
          expect(listTasksQuery.safeParse(filters).success).toBe(true);
        },
      ),
    );
  });

  it("says nothing where it is the usual one", () => {
    expect(viewPath(defaultView)).toBe("/tasks");
    expect(viewPath({ ...defaultView, status: "completed", q: "a&b" })).toBe(
      "/tasks?status=completed&q=a%26b",
    );
  });
});

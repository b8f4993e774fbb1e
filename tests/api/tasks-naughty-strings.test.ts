import { beforeAll, describe, expect, it } from "vitest";
import type { Task } from "@/lib/operations/tasks/schemas";
import { fold } from "@/lib/planning/text";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { naughtyStrings } from "@/tests/support/corpora/naughty-strings";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

const titleLengthMax = 255;
const searchLengthMax = 200;

const legalTitles = naughtyStrings.filter(isTitle);

let owner: TaskOwner;
const made = new Map<string, Task>();

beforeAll(async () => {
  owner = await taskOwner();
});

describe("the Big List of Naughty Strings", { timeout: 120_000 }, () => {
  it("is here, with what a title cannot be and what a search cannot be", () => {
    expect(naughtyStrings.length).toBeGreaterThan(500);
    expect(new Set(naughtyStrings).size).toBe(naughtyStrings.length);
    expect(legalTitles.length).toBeLessThan(naughtyStrings.length);
  });

  it("makes a task of each that can be a title, and refuses the others", async () => {
    for (const text of naughtyStrings) {
      const body = { title: text, description: text };
      const answer = await owner.send("POST", "/api/tasks", { body });
      if (isTitle(text)) {
        expect(answer.status, JSON.stringify(text)).toBe(201);
        made.set(text, taskIn(answer));
      } else {
        expect(problemIn(answer).errors).toMatchObject([{ pointer: "/title" }]);
      }
    }
    expect([...made.keys()]).toEqual(legalTitles);
  });

  it("comes back byte for byte, in the order of the titles as in that of making", async () => {
    const stored = new Map((await owner.listAll({ limit: "100" })).map((task) => [task.id, task]));
    expect(stored.size).toBe(made.size);
    for (const [text, { id }] of made) {
      expect(stored.get(id)).toMatchObject({ title: text.trim(), description: text });
    }
    const sorted = await owner.listAll({ limit: "100", sort: "title" });
    expect(new Set(sorted.map(({ id }) => id))).toEqual(new Set(stored.keys()));
  });

  it("is found as it stands, every character literal, wherever it stands and nowhere else", async () => {
    for (const text of legalTitles.filter((title) => [...title].length <= searchLengthMax)) {
      const { count } = await owner.page({ q: text, limit: "1" });
      const holding = legalTitles.filter((title) => fold(title).includes(fold(text)));
      expect(count, JSON.stringify(text)).toBe(holding.length);
    }
  });

  it("changes a task, and is refused where a text is not expected", async () => {
    const { id } = await owner.make();
    for (const text of naughtyStrings) {
      const changed = await owner.send("PATCH", `/api/tasks/${id}`, {
        body: { description: text },
      });
      expect(taskIn(changed).description).toBe(text);
      const wrong = await owner.send("PATCH", `/api/tasks/${id}`, {
        body: { id: text, dueDate: text, completed: text, [`x${text}`]: 1 },
      });
      expect(problemIn(wrong).errors).toHaveLength(4);
      const refused = await owner.send(
        "GET",
        `/api/tasks?${new URLSearchParams({ cursor: text })}`,
      );
      expect(problemIn(refused).code, JSON.stringify(text)).toBe("invalid_cursor");
    }
  });
});

/** As the contract has it. */
function isTitle(text: string): boolean {
  const trimmed = text.trim();
  return trimmed !== "" && [...trimmed].length <= titleLengthMax;
}

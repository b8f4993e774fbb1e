import { expect, it } from "vitest";
import type { Answer } from "@/tests/support/api";
import { problemIn, taskIn } from "@/tests/support/bodies";
import { taskOwner } from "@/tests/support/task-owner";

const clients = 50;

function all(request: (client: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: clients }, (_, client) => request(client)));
}

function having(answers: Answer[], status: number): Answer[] {
  return answers.filter((answer) => answer.status === status);
}

it("of 50 parallel updates with one ETag exactly one wins", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  const answers = await all((client) =>
    owner.send("PATCH", `/api/tasks/${id}`, {
      body: { title: `Client ${client}` },
      headers: { "If-Match": '"1"' },
    }),
  );
  const [winner] = having(answers, 200).map(taskIn);
  const losers = having(answers, 412).map((answer) => problemIn(answer).current);
  expect(winner?.version).toBe(2);
  expect(losers).toEqual(Array.from({ length: clients - 1 }, () => winner));
  expect(await owner.listAll()).toEqual([winner]);
});

it("50 parallel creates with one key leave one row", async () => {
  const owner = await taskOwner();
  const answers = await all(() =>
    owner.send("POST", "/api/tasks", {
      body: { title: "Once" },
      headers: { "Idempotency-Key": "once" },
    }),
  );
  const [task, ...others] = await owner.listAll();
  expect(others).toEqual([]);
  const made = having(answers, 201);
  const waiting = having(answers, 409).map((answer) => problemIn(answer).code);
  expect(made.map((answer) => answer.body)).toEqual(made.map(() => task));
  expect(made.filter((answer) => !answer.headers.has("idempotency-replayed"))).toHaveLength(1);
  expect(waiting).toEqual(waiting.map(() => "idempotency_in_progress"));
  expect(made.length + waiting.length).toBe(clients);
});

it("50 parallel creates with one id leave one row", async () => {
  const owner = await taskOwner();
  const body = { id: crypto.randomUUID(), title: "Once" };
  const answers = await all(() => owner.send("POST", "/api/tasks", { body }));
  expect(having(answers, 201)).toHaveLength(1);
  expect(having(answers, 200)).toHaveLength(clients - 1);
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  expect(await owner.listAll()).toEqual([answers[0]?.body]);
});

it("50 parallel toggles all count, and cancel out", async () => {
  const owner = await taskOwner();
  const made = await owner.make();
  const answers = await all(() => owner.send("PATCH", `/api/tasks/${made.id}/complete`));
  expect(having(answers, 200)).toHaveLength(clients);
  const [task] = await owner.listAll();
  expect(task).toMatchObject({ completed: false, completedAt: null, version: clients + 1 });
});

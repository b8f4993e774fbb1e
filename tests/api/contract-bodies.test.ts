import { describe, expect, it } from "vitest";
import type { Answer, Sent } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";

type Route = {
  success: number;
  /** Makes what the route needs, and gives what sends a body there. */
  prepare: (owner: TaskOwner) => Promise<(sent: Sent) => Promise<Answer>>;
};

/** The routes that take no body, or do without one. */
const routes: Record<string, Route> = {
  "DELETE of a task": {
    success: 204,
    prepare: async (owner) => {
      const { id } = await owner.make();
      return (sent) => owner.send("DELETE", `/api/tasks/${id}`, sent);
    },
  },
  "a restore": {
    success: 200,
    prepare: async (owner) => {
      const { id } = await owner.make();
      await owner.send("DELETE", `/api/tasks/${id}`);
      return (sent) => owner.send("POST", `/api/tasks/${id}/restore`, sent);
    },
  },
  "a completion": {
    success: 200,
    prepare: async (owner) => {
      const { id } = await owner.make();
      return (sent) => owner.send("PATCH", `/api/tasks/${id}/complete`, sent);
    },
  },
  "an exchange of a key": {
    success: 200,
    prepare: async (owner) => {
      const { key } = await createKeyFor(owner);
      return ({ headers, ...sent }) =>
        owner.send("POST", "/api/token", { ...sent, headers: { ...headers, "x-api-key": key } });
    },
  },
};

const empty: [what: string, sent: Sent][] = [
  ["nothing", {}],
  ["nothing of some type", { headers: { "Content-Type": "text/plain" } }],
  ["an empty object", { body: {} }],
];

const refused: [what: string, sent: Sent, status: number, code: string][] = [
  ["text", { raw: "x", headers: { "Content-Type": "text/plain" } }, 415, "unsupported_media_type"],
  [
    "another charset",
    { raw: "{}", headers: { "Content-Type": "application/json; charset=utf-16" } },
    415,
    "unsupported_media_type",
  ],
  [
    "a content encoding",
    { raw: "{}", headers: { "Content-Encoding": "gzip" } },
    415,
    "unsupported_media_type",
  ],
  ["half an object", { raw: "{" }, 400, "malformed_json"],
  ["white space", { raw: " " }, 400, "malformed_json"],
  ["a member twice", { raw: '{"a":1,"a":1}' }, 400, "malformed_json"],
  ["more than 64 KiB", { raw: " ".repeat(65_537) }, 413, "payload_too_large"],
  ["a list", { raw: "[]" }, 400, "invalid_input"],
  ["null", { raw: "null" }, 400, "invalid_input"],
];

describe.each(Object.entries(routes))("%s", (_name, { success, prepare }) => {
  it.each(empty)("is done with %s as body", async (_what, sent) => {
    const send = await prepare(await taskOwner());
    expect((await send(sent)).status).toBe(success);
  });

  it("is refused with any other body, and writes nothing", async () => {
    const owner = await taskOwner();
    const send = await prepare(owner);
    const before = await owner.listAll();
    for (const [what, sent, status, code] of refused) {
      expect(problemIn(await send(sent)), what).toMatchObject({ status, code });
    }
    expect(await owner.listAll()).toEqual(before);
    expect((await send({})).status).toBe(success);
  });

  it("names every member that it does not know", async () => {
    const send = await prepare(await taskOwner());
    const answer = await send({ body: { a: 1, "b/c": { d: 1 } } });
    expect(problemIn(answer).errors).toEqual([
      { pointer: "/a", detail: "is not a member of this request" },
      { pointer: "/b~1c", detail: "is not a member of this request" },
    ]);
  });
});

it("who and what come before the body", async () => {
  const owner = await taskOwner();
  const { id } = await owner.make();
  for (const [method, rest] of [
    ["DELETE", ""],
    ["POST", "/restore"],
  ] as const) {
    const raw = "{";
    const stranger = await owner.send(method, `/api/tasks/${id}${rest}`, { raw, token: "x" });
    expect(problemIn(stranger).code).toBe("invalid_token");
    const nonsense = await owner.send(method, `/api/tasks/nonsense${rest}`, { raw });
    expect(problemIn(nonsense).code).toBe("not_found");
    const missing = await owner.send(method, `/api/tasks/${crypto.randomUUID()}${rest}`, { raw });
    expect(problemIn(missing).code).toBe("malformed_json");
  }
});

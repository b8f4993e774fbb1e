import { expect, it } from "vitest";
import { z } from "zod";
import { withJwt } from "@/lib/http/with-jwt";
import type { Caller } from "@/lib/operations/caller";
import type { Operation } from "@/lib/operations/operation";
import { createKeyFor } from "@/tests/support/api-keys";
import { tokenFor } from "@/tests/support/tokens";
import { createUser } from "@/tests/support/users";

const bytesMax = 4 * 1_024 * 1_024;

const writing = {
  method: "POST",
  path: "/api/tasks",
  scope: "tasks:write",
  tag: "Tasks",
  document: { operationId: "count", summary: "Count characters" },
  answer: { kind: "json", schema: z.strictObject({ length: z.int() }), words: { 200: "So many." } },
  errors: [],
} as const;

const body = { schema: z.strictObject({ text: z.string() }) };
const small = { ...writing, body } as const satisfies Operation;
const large = { ...writing, body: { ...body, bytesMax } } as const satisfies Operation;

it("an operation takes bodies of up to the bytes that it declares, and of 64 KiB otherwise", async () => {
  const token = await tokenFor(await createUser());
  const count = { small: withJwt(small, lengthOf), large: withJwt(large, lengthOf) };
  const statusOf = async (size: keyof typeof count, bytes: number) =>
    (await send(count[size], token, "x".repeat(bytes - '{"text":""}'.length))).status;
  expect(await statusOf("small", 65_536)).toBe(200);
  expect(await statusOf("small", 65_537)).toBe(413);
  expect(await statusOf("large", 4_194_304)).toBe(200);
  expect(await statusOf("large", 4_194_305)).toBe(413);
});

it("a handler is told the session or the API key that its caller came by", async () => {
  const user = await createUser();
  const { id: keyId } = await createKeyFor(user);
  const callers: Caller[] = [];
  const note = withJwt(small, async ({ caller, body: { text } }) => {
    callers.push(caller);
    return { length: text.length };
  });
  await send(note, await tokenFor(user), "a");
  const ofKey = { sid: undefined, akid: keyId, scope: "tasks:write" };
  await send(note, await tokenFor(user, ofKey), "b");
  expect(callers).toEqual([
    { userId: user.id, via: "session", id: user.sessionId, scopes: ["tasks:read", "tasks:write"] },
    { userId: user.id, via: "apiKey", id: keyId, scopes: ["tasks:write"] },
  ]);
});

async function lengthOf(input: { body: { text: string } }) {
  return { length: input.body.text.length };
}

function send(handler: ReturnType<typeof withJwt>, token: string, text: string): Promise<Response> {
  const request = new Request("http://localhost:3000/api/tasks", {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ text }),
  });
  return handler(request, { params: Promise.resolve({}) });
}

import { expect } from "vitest";
import { problemIn } from "@/tests/support/bodies";
import { guardedBy } from "@/tests/support/guarded";

const guarded = guardedBy("tasks:read");

/** What the guard of the task API answers to a bearer token. */
export async function tokenAnswer(token: string) {
  const headers = { Authorization: `Bearer ${token}` };
  const request = new Request("http://localhost:3000/api/tasks", { headers });
  const response = await guarded(request, { params: Promise.resolve({}) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The control of a refusal: without its one flaw, the token is let in as its user's. */
export async function expectGood(token: string, user: { id: string }): Promise<void> {
  expect(await tokenAnswer(token)).toMatchObject({ status: 200, body: { userId: user.id } });
}

/** The refusal of whatever has the form of a credential. */
export async function expectInvalid(token: string, name = token): Promise<void> {
  const answer = await tokenAnswer(token);
  expect(answer.status, name).toBe(401);
  expect(problemIn(answer).code, name).toBe("invalid_token");
  expect(answer.headers.get("www-authenticate"), name).toBe(
    'Bearer realm="tasks", error="invalid_token"',
  );
}

/** The refusal of anything: as no credential at all where it has not even the form of one. */
export async function expectRefused(token: string, name = token): Promise<void> {
  const answer = await tokenAnswer(token);
  const refusal = `${answer.status} ${problemIn(answer).code}`;
  expect(["400 invalid_request", "401 invalid_token"], name).toContain(refusal);
}

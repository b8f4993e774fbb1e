import { z } from "zod";
import { withJwt } from "@/lib/http/with-jwt";
import type { Operation } from "@/lib/operations/operation";
import type { Scope } from "@/lib/operations/scopes";

/** A handler behind the guard, which tells whose token it was asked with. */
export function guardedBy(scope: Scope) {
  const operation = {
    method: "GET",
    path: "/api/tasks",
    scope,
    tag: "Tasks",
    document: { operationId: "whoAmI", summary: "Who am I?" },
    answer: {
      kind: "json",
      schema: z.strictObject({ userId: z.string() }),
      words: { 200: "The user." },
    },
    errors: [],
  } as const satisfies Operation;
  return withJwt(operation, async ({ caller }) => ({ userId: caller.userId }));
}

import { z } from "zod";
import type { oas31 } from "zod-openapi";
import { type Answer, callUnchecked } from "@/tests/support/api";
import {
  type Attempt,
  attemptsOf,
  type Ground,
  type Operation,
} from "@/tests/support/document/attempts";
import { answerCheck } from "@/tests/support/validate-answer";

const refusal = z.looseObject({
  code: z.string(),
  error: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
});

/**
 * Everything in which the app and a document differ, as requests for one operation show it: a good
 * request that is refused, a bad one that is accepted or refused for another reason, an answer that
 * the document does not describe. They come one by one, as they are found.
 *
 * @param seed decides the random requests
 */
export async function* disagreementsOf(
  document: oas31.OpenAPIObject,
  operation: Operation,
  ground: Ground,
  seed: number,
): AsyncGenerator<string> {
  const check = answerCheck(document);
  const attempts = attemptsOf(document, operation, ground, seed);
  let prepared = await ground.prepare?.();
  for (const attempt of attempts) {
    const path = addressOf(operation, attempt, prepared ?? {});
    const { headers, body: raw } = attempt;
    const sent = { headers, ...(raw !== undefined && { raw }) };
    const { read, text } = await callUnchecked(operation.method, path, sent);
    const faults = [
      ...check(operation.method, path.split("?")[0] ?? "", read, text),
      ...judge(attempt, read, Object.keys(ground.states ?? {})),
    ];
    yield* faults.map((fault) => `${attempt.what}: ${fault}`);
    if (read.status < 300) {
      prepared = await ground.prepare?.();
    }
  }
}

function addressOf(
  { path }: Operation,
  attempt: Attempt,
  prepared: Record<string, string>,
): string {
  const values = { ...prepared, ...attempt.path };
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ""),
  );
  const query = new URLSearchParams(attempt.query).toString();
  return query === "" ? address : `${address}?${query}`;
}

function judge(attempt: Attempt, answer: Answer, states: string[]): string[] {
  const said = saidBy(answer);
  const isState = states.some((state) => said.startsWith(state));
  if (answer.status < 400) {
    return attempt.isGood ? [] : ["is accepted, and the document does not allow it"];
  }
  if (attempt.isGood) {
    const isFine = isState && !attempt.mustSucceed;
    return isFine ? [] : [`is refused, and the document allows it: ${said}`];
  }
  const isExpected = attempt.refusals.includes(answer.status);
  const isForState = isState && answer.status !== 404;
  return isExpected && !isForState && pointsTo(answer, attempt.pointer)
    ? []
    : [`is refused for another reason than its own: ${said}`];
}

/** A refusal in a line: its status, its code, or OAuth's, and what it says of each member. */
function saidBy({ status, body }: Answer): string {
  const { code, error, errors } = refusal.safeParse(body).data ?? { code: "", errors: [] };
  const details = errors.map(({ pointer, detail }) => ` ${pointer} ${detail}`).join(",");
  return `${status} ${error ?? code}${details}`;
}

function pointsTo({ body }: Answer, pointer: string | undefined): boolean {
  const errors = refusal.safeParse(body).data?.errors ?? [];
  return (
    pointer === undefined ||
    errors.length === 0 ||
    errors.some((error) => error.pointer.toLowerCase() === pointer.toLowerCase())
  );
}

import "server-only";
import { noSuch } from "@/lib/errors";
import { hasPage, ifMatch } from "@/lib/http/conditional";
import { idempotencyKey } from "@/lib/http/idempotency-key";
import { nothing, parseJson, parseOptionalJson, type WholeBody } from "@/lib/http/read-json";
import { noQuery, readQuery } from "@/lib/http/read-query";
import { requestContext } from "@/lib/http/request-context";
import type { Caller } from "@/lib/operations/caller";
import type { Operation, OperationInput, Patience } from "@/lib/operations/operation";

type Received = {
  request: Request;
  caller: Caller;
  params: unknown;
  body: WholeBody;
  patience: Patience;
};

/**
 * Parses a request by the declaration of its operation. What the operation does not take is refused.
 *
 * @throws AppError `not_found` for params that name no resource, `invalid_input`,
 *   `unsupported_media_type`, `payload_too_large`, `malformed_json`, `invalid_request`
 * @throws ZodError for a body with wrong members
 */
export function readInput<Declared extends Operation>(
  operation: Declared,
  { request, caller, params, body, patience }: Received,
): OperationInput<Declared> {
  return asDeclared<Declared>({
    caller,
    requestId: requestContext().requestId,
    patience,
    params: readParams(operation, params),
    query: readQuery(request, operation.query ?? noQuery),
    idempotencyKey: operation.idempotencyKey && idempotencyKey(request),
    body: readBody(operation, request, body),
    ifMatch: operation.ifMatch && ifMatch(request),
    hasPage: operation.ifNoneMatch && hasPage(request),
  });
}

function readParams({ params: declared }: Operation, params: unknown): unknown {
  if (!declared) {
    return undefined;
  }
  const parsed = declared.schema.safeParse(params);
  if (!parsed.success) {
    throw noSuch(declared.noun);
  }
  return parsed.data;
}

/** HTTP gives a body on GET no meaning, so nothing looks at it. */
function readBody({ method, body: declared }: Operation, request: Request, body: WholeBody) {
  if (method === "GET") {
    return undefined;
  }
  if (!declared) {
    return nothing.parse(parseOptionalJson(request, body));
  }
  const parse = declared.isOptional ? parseOptionalJson : parseJson;
  return declared.schema.parse(parse(request, body));
}

/** The input's type is derived from the declaration's, which the compiler cannot follow through a generic. */
function asDeclared<Declared extends Operation>(input: object): OperationInput<Declared> {
  return input as OperationInput<Declared>;
}

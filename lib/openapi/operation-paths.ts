import "server-only";
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponsesObject,
} from "zod-openapi";
import { headersOf } from "@/lib/openapi/headers";
import { parametersOf } from "@/lib/openapi/parameters";
import { failsWithCodes } from "@/lib/openapi/problems";
import { errorsOf, type Operation, type OperationAnswer } from "@/lib/operations/operation";

const limitHeaders = ["RateLimit-Policy", "RateLimit"];

const answerHeaders: Record<OperationAnswer["kind"], string[]> = {
  resource: ["ETag"],
  page: ["ETag", "Link"],
  created: ["ETag", "Location", "Idempotency-Replayed"],
  json: [],
  keyed: ["Idempotency-Replayed"],
  nothing: [],
};

/** The paths of operations as the document describes them. */
export function pathsOf(operations: readonly Operation[]): ZodOpenApiPathsObject {
  const paths: Record<string, ZodOpenApiPathItemObject> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: operationObject(operation),
    };
  }
  return paths;
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { tag, scope, document, params, query } = operation;
  return {
    tags: [tag],
    security: [{ bearerAuth: [scope] }],
    ...document,
    requestParams: { ...(params && { path: params.schema }), ...(query && { query }) },
    parameters: parametersOf(
      ...(operation.ifMatch ? ["If-Match"] : []),
      ...(operation.ifNoneMatch ? ["If-None-Match"] : []),
      ...(operation.idempotencyKey ? ["Idempotency-Key"] : []),
    ),
    ...requestBodyOf(operation),
    responses: { ...successesOf(operation), ...failsWithCodes(errorsOf(operation)) },
  };
}

function requestBodyOf({
  method,
  body,
}: Operation): Pick<ZodOpenApiOperationObject, "requestBody"> {
  if (!body) {
    return {};
  }
  const content = { schema: body.schema };
  return {
    requestBody: {
      required: !body.isOptional,
      content: {
        "application/json": content,
        ...(method === "PATCH" && { "application/merge-patch+json": content }),
      },
    },
  };
}

function successesOf({ answer, ifNoneMatch }: Operation): ZodOpenApiResponsesObject {
  const headers = headersOf(...answerHeaders[answer.kind], ...limitHeaders);
  const content = "schema" in answer && { "application/json": { schema: answer.schema } };
  const successes = Object.entries(answer.words).map(([status, description]) => [
    status,
    { description, headers, ...(content && { content }) },
  ]);
  const unchanged = {
    description: "Nothing changed since the state that `If-None-Match` names. No body.",
    headers,
  };
  return { ...Object.fromEntries(successes), ...(ifNoneMatch && { 304: unchanged }) };
}

import "server-only";
import { isFresh, pageTag, versionTag } from "@/lib/http/conditional";
import { addressOf } from "@/lib/http/request-address";
import type {
  Created,
  Keyed,
  Operation,
  OperationAnswer,
  Tagged,
} from "@/lib/operations/operation";

type Resource = { id: string; version: number };
type Page = { nextCursor: string | null };

type Results = {
  resource: Resource;
  page: Tagged<Page>;
  created: Created<Resource>;
  json: unknown;
  keyed: Keyed<unknown>;
  nothing: undefined;
};

type Kind = OperationAnswer["kind"];
type Answered = { operation: Operation; request: Request };

const responses: { [Of in Kind]: (result: Results[Of], answered: Answered) => Response } = {
  resource: (resource, answered) =>
    conditionalResponse(answered, { ETag: versionTag(resource.version) }, JSON.stringify(resource)),
  page: pageResponse,
  created: createdResponse,
  json: (value) => Response.json(value),
  keyed: ({ answer, isReplayed }) => Response.json(answer, { headers: replayed(isReplayed) }),
  nothing: () => new Response(null, { status: 204 }),
};

/** Answers a request with what the handler of its operation gave back, in the way that is declared. */
export function operationResponse(
  operation: Operation,
  request: Request,
  result: unknown,
): Response {
  return respond(operation.answer.kind, result, { operation, request });
}

/** The handler's result has the type of the declared answer, which the compiler cannot follow through a table. */
function respond<Of extends Kind>(kind: Of, result: unknown, answered: Answered): Response {
  return responses[kind](result as Results[Of], answered);
}

/** Answers with 304 where `If-None-Match` says that the sender has this state. */
function conditionalResponse(
  { operation, request }: Answered,
  headers: { ETag: string },
  body: string,
): Response {
  return operation.ifNoneMatch && isFresh(request, headers.ETag)
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers: { ...headers, "Content-Type": "application/json" } });
}

/** A page and, where there is one, a link to the next one (RFC 8288). */
function pageResponse({ tag, page }: Tagged<Page>, { request }: Answered): Response {
  const headers = { ETag: pageTag(tag) };
  if (!page) {
    return new Response(null, { status: 304, headers });
  }
  const link = page.nextCursor !== null && {
    Link: `<${nextAddress(request, page.nextCursor)}>; rel="next"`,
  };
  const type = { "Content-Type": "application/json" };
  return new Response(JSON.stringify(page), { headers: { ...headers, ...link, ...type } });
}

function nextAddress(request: Request, cursor: string): string {
  const { pathname, searchParams } = addressOf(request);
  const next = new URLSearchParams(searchParams);
  next.set("cursor", cursor);
  return `${pathname}?${next}`;
}

function createdResponse(
  { resource, isNew, isReplayed }: Created<Resource>,
  { operation }: Answered,
): Response {
  return Response.json(resource, {
    status: isNew ? 201 : 200,
    headers: {
      ETag: versionTag(resource.version),
      Location: `${operation.path}/${resource.id}`,
      ...replayed(isReplayed),
    },
  });
}

function replayed(isReplayed: boolean): Record<string, string> {
  return isReplayed ? { "Idempotency-Replayed": "true" } : {};
}

import "server-only";
import type { oas31 } from "zod-openapi";

/** The headers of answers that the document describes once. */
export const answerHeaders: Record<string, oas31.HeaderObject> = {
  "X-Request-Id": {
    description:
      "The request's own id where it was well-formed, otherwise a new one. It is in our log.",
    required: true,
    schema: { type: "string", pattern: "^[A-Za-z0-9._-]{1,128}$" },
    example: "0f6c1c5e-8d0b-4b6f-9a43-5d8b0a7a2f10",
  },
  ETag: {
    description:
      "Names this state: of a task its version in quotes, for `If-Match` and `If-None-Match`.",
    required: true,
    schema: { type: "string", pattern: '^(W/)?"[^"]+"$' },
    example: '"3"',
  },
  Location: {
    description: "Where the task is.",
    required: true,
    schema: { type: "string", format: "uri-reference" },
    example: "/api/tasks/01932f5c-7d1e-7a40-9c3e-5b8f0a6d2c71",
  },
  Link: {
    description: "The next page, wherever there is one (RFC 8288).",
    schema: { type: "string", pattern: '^<[^>]+>; rel="next"$' },
    example: '</api/tasks?cursor=eyJpIjoiMDE5MzJmNWMifQ>; rel="next"',
  },
  "RateLimit-Policy": {
    description: "How many requests a minute a user has, wherever there is a limit.",
    schema: { type: "string" },
    example: '"default";q=600;w=60',
  },
  RateLimit: {
    description: "How many requests remain, and for how many seconds that counts.",
    schema: { type: "string" },
    example: '"default";r=598;t=42',
  },
  "Retry-After": {
    description: "In how many seconds to try again.",
    schema: { type: "string", pattern: "^[0-9]+$" },
    example: "2",
  },
  "WWW-Authenticate": {
    description: "What is wrong with the credentials (RFC 6750).",
    schema: { type: "string" },
    example: 'Bearer realm="tasks", error="invalid_token"',
  },
  "Idempotency-Replayed": {
    description: "Present when this is the stored answer to an earlier request with this key.",
    schema: { type: "string", const: "true" },
    example: "true",
  },
  Allow: {
    description: "The methods that are offered here.",
    required: true,
    schema: { type: "string" },
    example: "GET, HEAD, POST, OPTIONS",
  },
  Accept: {
    description: "The media types that a body may have here.",
    schema: { type: "string" },
    example: "application/json",
  },
  "Accept-Patch": {
    description: "The same, of a PATCH (RFC 5789).",
    schema: { type: "string" },
    example: "application/json, application/merge-patch+json",
  },
  "Accept-Post": {
    description: "The same, of a POST.",
    schema: { type: "string" },
    example: "application/json",
  },
  "Clear-Site-Data": {
    description: "What a browser is to forget of this site.",
    schema: { type: "string" },
    example: '"storage"',
  },
  "Set-Cookie": {
    description: "The session, or its end.",
    schema: { type: "string" },
    example: "evo-todo.session_token=…; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax",
  },
};

/** References to headers of the document, `X-Request-Id` always among them. */
export function headersOf(...names: string[]): oas31.HeadersObject {
  return Object.fromEntries(
    ["X-Request-Id", ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  );
}

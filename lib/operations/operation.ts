import type { z } from "zod";
import type { ErrorCode } from "@/lib/errors";
import type { Caller } from "@/lib/operations/caller";
import type { RequestLine } from "@/lib/operations/request-lines";

/**
 * What an operation takes, what it answers and how it can fail. The guard, the OpenAPI document, the
 * methods of each path and the tests derive from it.
 */
export type Operation = RequestLine & {
  tag: string;
  /** Its words in the OpenAPI document. */
  document: { operationId: string; summary: string; description?: string };
  /** The resource that the path names. What the schema does not accept is a missing one. */
  params?: { noun: string; schema: z.ZodObject };
  query?: z.ZodObject;
  /** Without one, an empty object counts as no body. */
  body?: {
    schema: z.ZodType;
    isOptional?: true;
    /** The usual bound where it is left out. */
    bytesMax?: number;
  };
  ifMatch?: true;
  ifNoneMatch?: true;
  idempotencyKey?: true;
  /** Whether the request may be held: its handler is given what it must heed meanwhile. */
  isHeld?: true;
  /** How many requests it counts as against the limit; one where it is left out. */
  requests?: (body: { changes: readonly unknown[] }) => number;
  answer: OperationAnswer;
  /** What its verb can throw beyond the errors that `errorsOf` derives from the rest. */
  errors: readonly ErrorCode[];
};

/**
 * What a success looks like, with its words by status:
 *
 * - `resource`: a resource, with its version as ETag
 * - `page`: a page of a list, with an ETag of the state it was read from and a link to the next one
 * - `created`: a resource that was created, or was created before
 * - `json`: any other JSON
 * - `keyed`: JSON that an Idempotency-Key may replay
 * - `nothing`: no body
 */
export type OperationAnswer =
  | { kind: "resource" | "page" | "json" | "keyed"; schema: z.ZodType; words: { 200: string } }
  | { kind: "created"; schema: z.ZodType; words: { 200: string; 201: string } }
  | { kind: "nothing"; words: { 204: string } };

/**
 * A page of a list and a tag, which another page has after anything changed that the first shows. There
 * is no page where the sender has that of this tag.
 */
export type Tagged<Page> = { tag: string; page: Page | undefined };

/** What a create did: made the resource, found it made before, or replayed its first answer. */
export type Created<Resource> = { resource: Resource; isNew: boolean; isReplayed: boolean };

/** An answer, and whether it was given before to the same key. */
export type Keyed<Answer> = { answer: Answer; isReplayed: boolean };

/** What the handler of a request heeds that is held. */
export type Patience = {
  /** Aborts when the client has gone. */
  signal: AbortSignal;
  /** When the token ends, in milliseconds since the epoch. */
  tokenEndsAt: number;
  /** Throws when the token does not count any more. */
  assertAlive: () => Promise<unknown>;
  /** Has a function called when a session ends, and returns what ends that. */
  whenSessionsEnd: (listener: () => void) => () => void;
  /** Notes for the log how many milliseconds the request was held. */
  noteHeld: (milliseconds: number) => void;
};

/** What a handler is given: the caller, and what the declaration says that the request holds. */
export type OperationInput<Declared extends Operation> = {
  caller: Caller;
  requestId: string;
} & (Declared extends {
  params: { schema: infer Schema extends z.ZodType };
}
  ? { params: z.output<Schema> }
  : unknown) &
  (Declared extends { query: infer Schema extends z.ZodType }
    ? { query: z.output<Schema> }
    : unknown) &
  (Declared extends { body: { schema: infer Schema extends z.ZodType } }
    ? { body: z.output<Schema> }
    : unknown) &
  (Declared extends { ifMatch: true }
    ? { /** The versions it may have; any, when absent. */ ifMatch: number[] | undefined }
    : unknown) &
  (Declared extends { answer: { kind: "page" } }
    ? {
        /** Whether the sender has the page of a tag; absent, when it names none. */ hasPage: HasPage;
      }
    : unknown) &
  (Declared extends { idempotencyKey: true } ? { idempotencyKey: string | undefined } : unknown) &
  (Declared extends { isHeld: true } ? { patience: Patience } : unknown);

/** Whether the sender of a request has the page of a tag. */
export type HasPage = ((tag: string) => boolean) | undefined;

/** What a handler gives back, for the guard to answer with: anything, where nothing is answered. */
export type OperationResult<Declared extends Operation> = Declared["answer"] extends {
  kind: infer Kind;
  schema: infer Schema extends z.ZodType;
}
  ? Kind extends "created"
    ? Created<z.output<Schema>>
    : Kind extends "keyed"
      ? Keyed<z.output<Schema>>
      : Kind extends "page"
        ? Tagged<z.output<Schema>>
        : z.output<Schema>
  : unknown;

/** What a client sends: what `OperationInput` has, before it is parsed, and the version for `If-Match`. */
export type OperationCall<Declared extends Operation> = (Declared extends {
  params: { schema: infer Schema extends z.ZodType };
}
  ? { params: z.input<Schema> }
  : unknown) &
  (Declared extends { query: infer Schema extends z.ZodType }
    ? { query?: { [Name in keyof z.input<Schema>]?: string | number } }
    : unknown) &
  (Declared extends { body: { schema: infer Schema extends z.ZodType; isOptional: true } }
    ? { body?: z.input<Schema> }
    : Declared extends { body: { schema: infer Schema extends z.ZodType } }
      ? { body: z.input<Schema> }
      : unknown) &
  (Declared extends { ifMatch: true } ? { version?: number } : unknown) &
  (Declared extends { idempotencyKey: true } ? { idempotencyKey?: string } : unknown);

/** What a client reads of a success. */
export type OperationBody<Declared extends Operation> = Declared["answer"] extends {
  schema: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

const errorsOfAny: ErrorCode[] = [
  "unauthenticated",
  "invalid_token",
  "token_expired",
  "insufficient_scope",
  "rate_limited",
  "invalid_request",
  "invalid_input",
  "internal",
  "unavailable",
];
const errorsOfBodies: ErrorCode[] = [
  "malformed_json",
  "payload_too_large",
  "unsupported_media_type",
];
const errorsOfKeys: ErrorCode[] = ["idempotency_in_progress", "idempotency_key_reused"];

/** Every error that an operation can answer with. */
export function errorsOf(operation: Operation): Set<ErrorCode> {
  return new Set([
    ...errorsOfAny,
    ...(operation.method === "GET" ? [] : errorsOfBodies),
    ...(operation.params ? ["not_found" as const] : []),
    ...(operation.ifMatch ? ["precondition_failed" as const] : []),
    ...(operation.idempotencyKey ? errorsOfKeys : []),
    ...operation.errors,
  ]);
}

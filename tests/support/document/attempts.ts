import type { oas31 } from "zod-openapi";
import { bodyThatSucceeds, ofBodies } from "@/tests/support/document/bodies";
import { contentOf, ofMediaTypes, ofNoBody } from "@/tests/support/document/media-types";
import { ofParameters, ofUnknownParameters } from "@/tests/support/document/parameters";
import { type DocumentSchemas, documentSchemas } from "@/tests/support/document/schemas";

/** One request that an operation of the document is tried with. */
export type Attempt = {
  what: string;
  /** Whether the document allows it. */
  isGood: boolean;
  /** Whether it has to succeed, whatever the state. */
  mustSucceed?: boolean;
  /** The statuses of a refusal. */
  refusals: number[];
  /** Where the errors of a refusal have to point. */
  pointer?: string;
  /** Values in the place of those that were prepared. */
  path: Record<string, string>;
  query: [name: string, value: string][];
  headers: Record<string, string>;
  body?: string | undefined;
};

/** What a request needs that no schema says. */
export type Ground = {
  /** The members of a body that have to be new, or right, in each request. */
  members?: () => Record<string, unknown>;
  /** A body that succeeds, where a generated one need not. */
  success?: () => Record<string, unknown>;
  /** The longest body that is read, in bytes; 256 KiB where it is left out. */
  bodyBytesMax?: number;
  /** Makes what the path names: once, and again after each success. */
  prepare?: () => Promise<Record<string, string>>;
  /** Refusals for the state of things and not for the request, each with its reason. */
  states?: Record<string, string>;
  /** The headers that prove who asks, by security scheme and scopes. */
  credentials: (scheme: string, scopes: string[]) => Record<string, string>;
};

export type Operation = {
  path: string;
  method: string;
  operation: oas31.OperationObject;
};

/** An operation with all that its requests are made of. */
export type Scene = Operation & {
  document: oas31.OpenAPIObject;
  schemas: DocumentSchemas;
  ground: Ground;
  seed: number;
  base: Attempt;
};

/** The operations of a document, in its order. */
export function operationsOf({ paths = {} }: oas31.OpenAPIObject): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    (["get", "put", "post", "patch", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method: method.toUpperCase(), operation }] : [];
    }),
  );
}

/**
 * Requests for one operation, by the document alone: good and bad values of every parameter and
 * member, unknown and missing ones, other media types, and credentials that do not do. The document
 * decides which of them are good. The same seed gives the same requests.
 */
export function attemptsOf(
  document: oas31.OpenAPIObject,
  operation: Operation,
  ground: Ground,
  seed: number,
): Attempt[] {
  const schemas = documentSchemas(document);
  const headers = credentialsOf(operation.operation, ground);
  const base = { what: "", isGood: true, refusals: [400], path: {}, query: [], headers };
  const scene = { ...operation, document, schemas, ground, seed, base };
  const withBody = { ...scene, base: { ...base, ...bodyThatSucceeds(scene) } };
  return [
    { ...withBody.base, what: "a request as documented", mustSucceed: true },
    ...ofCredentials(withBody),
    ...ofParameters(withBody),
    ...ofUnknownParameters(withBody),
    ...(contentOf(scene) ? ofBodies(scene) : ofNoBody(scene)),
    ...ofMediaTypes(withBody),
  ];
}

function credentialsOf({ security = [] }: oas31.OperationObject, ground: Ground) {
  const [scheme, scopes] = Object.entries(security[0] ?? {})[0] ?? [];
  return scheme === undefined ? {} : ground.credentials(scheme, scopes ?? []);
}

function ofCredentials({ base, operation: { security = [] }, ground }: Scene): Attempt[] {
  const requirement = security[0];
  const [scheme, scopes = []] = Object.entries(requirement ?? {})[0] ?? [];
  const names = Object.keys(scheme === undefined ? {} : ground.credentials(scheme, scopes));
  const isOptional = security.some((one) => Object.keys(one).length === 0);
  const with_ = (what: string, headers: Record<string, string>, refusals: number[]) => {
    const others = Object.entries(base.headers).filter(([name]) => !names.includes(name));
    const all = { ...Object.fromEntries(others), ...headers };
    return { ...base, what, headers: all, isGood: isOptional, refusals };
  };
  const all = ["tasks:read", "tasks:write"];
  return names.flatMap((name) => [
    with_(`no ${name}`, {}, [401]),
    with_(`${name}: x`, { [name]: "x" }, [400, 401]),
    with_(`${name}: Bearer x`, { [name]: "Bearer x" }, [401]),
    ...(scheme !== undefined && scopes.length > 0
      ? [
          with_(
            `a token of other scopes than ${scopes}`,
            ground.credentials(
              scheme,
              all.filter((scope) => !scopes.includes(scope)),
            ),
            [403],
          ),
        ]
      : []),
  ]);
}

import type { oas31 } from "zod-openapi";
import type { Attempt, Operation, Scene } from "@/tests/support/document/attempts";
import { shown } from "@/tests/support/document/values";

export const formType = "application/x-www-form-urlencoded";
export const jsonType = "application/json";

/** Media types that a client might send, whether the document offers them or not. */
const mediaTypes = [
  jsonType,
  "application/merge-patch+json",
  "application/json-patch+json",
  "application/problem+json",
  formType,
  "text/plain",
  "multipart/form-data; boundary=x",
];

export const noJson = ["", "{", '{"a":1,"a":1}', "nul", "'", "{}{}", '{"a":\u0001}'];

/** What an operation takes as a body, by media type. */
export function contentOf({ operation: { requestBody } }: Operation) {
  return requestBody && "content" in requestBody ? requestBody.content : undefined;
}

/** Nothing may be sent where no body is documented; an empty object counts as nothing. */
export function ofNoBody({ base, method, operation }: Scene): Attempt[] {
  if (method === "GET" || !looksAtBodies(operation)) {
    return [];
  }
  const attempt = (body: string, isGood: boolean, refusals = [400]): Attempt => {
    const headers = { ...base.headers, "Content-Type": jsonType };
    return { ...base, what: `a body: ${shown(body)}`, isGood, refusals, headers, body };
  };
  return [
    attempt("{}", true),
    ...[...noJson.slice(1), "null", "[]", '{"completed":true}', '{"__proto__":{}}'].map((body) =>
      attempt(body, false),
    ),
    attempt(`{"a":"${"a".repeat(300_000)}"}`, false, [413]),
  ];
}

/** The base request under other media types, charsets and encodings. */
export function ofMediaTypes(scene: Scene): Attempt[] {
  const { base, method, operation } = scene;
  const offered = Object.keys(contentOf(scene) ?? { [jsonType]: {} });
  const takesBody = contentOf(scene) !== undefined || looksAtBodies(operation);
  if (method === "GET" || !takesBody) {
    return [];
  }
  const { body = "{}", headers } = base;
  const attempt = (type: string, more: Record<string, string> = {}): Attempt => {
    const what = `the media type ${type} ${JSON.stringify(more)}`;
    return {
      ...base,
      what,
      refusals: [415],
      body,
      headers: { ...headers, "Content-Type": type, ...more },
    };
  };
  const refused = (type: string, more?: Record<string, string>) => {
    return { ...attempt(type, more), isGood: false };
  };
  const isJson = offered.includes(jsonType) && body.startsWith("{");
  return [
    ...mediaTypes.filter((type) => !offered.includes(type)).map((type) => refused(type)),
    ...(isJson ? offered.filter((type) => type !== formType).map((type) => attempt(type)) : []),
    ...(isJson
      ? [attempt("Application/JSON; charset=UTF-8"), refused(`${jsonType}; charset=utf-16`)]
      : []),
    ...(isJson ? [refused(jsonType, { "Content-Encoding": "gzip" })] : []),
  ];
}

function looksAtBodies({ responses = {} }: oas31.OperationObject): boolean {
  return responses["413"] !== undefined || responses["415"] !== undefined;
}

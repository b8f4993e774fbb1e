import type { oas31 } from "zod-openapi";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import type { Answer } from "@/tests/support/api";
import { type DocumentSchemas, documentSchemas } from "@/tests/support/document/schemas";

const methods = ["get", "put", "post", "patch", "delete"] as const;

const everywhere: Record<string, RegExp> = {
  "content-security-policy": /^default-src 'none'; frame-ancestors 'none'; sandbox$/,
  "cache-control": /^(no-store|public, max-age=\d+)$/,
  "x-content-type-options": /^nosniff$/,
  "x-request-id": /^[A-Za-z0-9._-]{1,128}$/,
};

/** On answers to pages of other origins, as the site's settings have it; the document has no word for them. */
const ofOrigins = /^(access-control-.*|vary)$/;

type FaultsOf = DocumentSchemas["faultsOf"];
type Check = (method: string, pathname: string, answer: Answer, text: string) => string[];

const check = answerCheck(openApiDocument());

/**
 * Checks an answer against the OpenAPI document: its status, headers, content type and body. An
 * address that the document does not know answers with a problem document, or belongs to the
 * pages' part of `/api/auth`.
 *
 * @param text the body as it came
 * @throws Error with everything in which the two differ
 */
export function validateAnswer(method: string, pathname: string, answer: Answer, text: string) {
  const faults = check(method, pathname, answer, text);
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${fault}`).join("\n");
    throw new Error(`${method} ${pathname} answered ${answer.status}:\n${lines}\n${text}`);
  }
}

/** The same check against any document, which gives everything in which the two differ. */
export function answerCheck(document: oas31.OpenAPIObject): Check {
  const { faultsOf } = documentSchemas(document);
  const paths = Object.entries(document.paths ?? {}).map(([template, path]) => ({
    path,
    pattern: new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));
  return (method, pathname, answer, text) => {
    const path = paths.find(({ pattern }) => pattern.test(pathname))?.path;
    const response = findResponse(document, path, method, pathname, answer);
    return [
      ...Object.entries(everywhere)
        .filter(([name, form]) => !form.test(answer.headers.get(name) ?? ""))
        .map(([name]) => `the header ${name} is missing or wrong: ${answer.headers.get(name)}`),
      ...(answer.status === 500 ? ["no request may cause a 500"] : []),
      ...(response === null ? ["the document does not list this status"] : []),
      ...(response ? headerFaults(document, faultsOf, response, answer.headers) : []),
      ...(response && path ? unknownHeaders(response, answer.headers) : []),
      ...(response ? bodyFaults(faultsOf, response, answer, text, method === "HEAD") : []),
    ];
  };
}

/** What the document says of an answer: null where it should say something, undefined where it need not. */
function findResponse(
  document: oas31.OpenAPIObject,
  path: oas31.PathItemObject | undefined,
  method: string,
  pathname: string,
  { status }: Answer,
): oas31.ResponseObject | null | undefined {
  if (!path) {
    const isPagesPart = pathname.startsWith("/api/auth/") && status < 400;
    return isPagesPart ? undefined : { description: "", content: problemContent() };
  }
  if (method === "OPTIONS") {
    return status === 204
      ? dereferenced(document, { $ref: "#/components/responses/Options" })
      : null;
  }
  const operation = operationOf(path, method);
  const response: oas31.ResponseObject | oas31.ReferenceObject | undefined = operation
    ? operation.responses?.[String(status)]
    : refused(status);
  return response ? dereferenced(document, response) : null;
}

function operationOf(path: oas31.PathItemObject, method: string) {
  const name = method === "HEAD" ? "get" : method.toLowerCase();
  const offered = methods.find((candidate) => candidate === name);
  return offered && path[offered];
}

function refused(status: number): oas31.ReferenceObject | undefined {
  return status === 405 ? { $ref: "#/components/responses/MethodNotAllowed" } : undefined;
}

function dereferenced(
  document: oas31.OpenAPIObject,
  response: oas31.ResponseObject | oas31.ReferenceObject,
): oas31.ResponseObject | null {
  if (!("$ref" in response)) {
    return response;
  }
  const name = response.$ref.split("/").at(-1) ?? "";
  const named = document.components?.responses?.[name];
  return named ? dereferenced(document, named) : null;
}

function problemContent(): oas31.ContentObject {
  return { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
}

function headerFaults(
  { components }: oas31.OpenAPIObject,
  faultsOf: FaultsOf,
  response: oas31.ResponseObject,
  sent: Headers,
): string[] {
  return Object.keys(response.headers ?? {}).flatMap((name) => {
    const header = components?.headers?.[name];
    if (!header || "$ref" in header) {
      return [`the header ${name} is not among the document's components`];
    }
    const value = sent.get(name);
    if (value === null) {
      return header.required ? [`the header ${name} is missing`] : [];
    }
    return faultsOf(header.schema, value).map((fault) => `the header ${name} ${fault}`);
  });
}

function unknownHeaders(response: oas31.ResponseObject, sent: Headers): string[] {
  const documented = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
  const known = new Set([...documented, ...Object.keys(everywhere), "content-type"]);
  // The headers of the tests' window keep the case they were given.
  return [...sent.keys()]
    .map((name) => name.toLowerCase())
    .filter((name) => !known.has(name) && !ofOrigins.test(name))
    .map((name) => `the document does not list the header ${name}`);
}

function bodyFaults(
  faultsOf: FaultsOf,
  response: oas31.ResponseObject,
  { headers, body }: Answer,
  text: string,
  isHead: boolean,
): string[] {
  if (!response.content || isHead) {
    return text === "" ? [] : ["a body where there should be none"];
  }
  const type = headers.get("content-type")?.split(";")[0] ?? "none";
  const content = response.content[type];
  return content
    ? faultsOf(content.schema, body).map((fault) => `the body ${fault}`)
    : [`the content type is ${type}`];
}

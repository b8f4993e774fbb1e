import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { oas31 } from "zod-openapi";
import { openApiDocument } from "@/lib/openapi";
import type { Answer } from "@/tests/support/api";

const document = openApiDocument();
const schemas = new Ajv2020({ strict: false, allErrors: true });
formats.default(schemas);
schemas.addSchema(document, "document");

const validators = new Map<string, ValidateFunction>();
const paths = Object.entries(document.paths ?? {}).map(([template, path]) => ({
  path,
  pattern: new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));

const methods = ["get", "put", "post", "patch", "delete"] as const;

const everywhere = {
  "content-security-policy": /^default-src 'none'; frame-ancestors 'none'; sandbox$/,
  "cache-control": /^(no-store|public, max-age=\d+)$/,
  "x-content-type-options": /^nosniff$/,
  "x-request-id": /^[A-Za-z0-9._-]{1,128}$/,
};

/**
 * Checks an answer against the OpenAPI document: its status, headers, content type and body. An
 * address that the document does not know answers with a problem document, or belongs to the
 * pages' part of `/api/auth`.
 *
 * @param text the body as it came
 * @throws Error with everything in which the two differ
 */
export function validateAnswer(method: string, pathname: string, answer: Answer, text: string) {
  const response = findResponse(method, pathname, answer);
  const faults = [
    ...Object.entries(everywhere)
      .filter(([name, form]) => !form.test(answer.headers.get(name) ?? ""))
      .map(([name]) => `the header ${name} is missing or wrong: ${answer.headers.get(name)}`),
    ...(answer.status === 500 ? ["no request may cause a 500"] : []),
    ...(response === null ? ["the document does not list this status"] : []),
    ...(response ? headerFaults(response, answer.headers) : []),
    ...(response ? bodyFaults(response, answer, text, method === "HEAD") : []),
  ];
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  ${fault}`).join("\n");
    throw new Error(`${method} ${pathname} answered ${answer.status}:\n${lines}\n${text}`);
  }
}

/** What the document says of an answer: null where it should say something, undefined where it need not. */
function findResponse(
  method: string,
  pathname: string,
  { status }: Answer,
): oas31.ResponseObject | null | undefined {
  const path = findPath(pathname);
  if (!path) {
    const isPagesPart = pathname.startsWith("/api/auth/") && status < 400;
    return isPagesPart ? undefined : { description: "", content: problemContent() };
  }
  if (method === "OPTIONS") {
    return status === 204 ? dereferenced({ $ref: "#/components/responses/Options" }) : null;
  }
  const operation = operationOf(path, method);
  const response: oas31.ResponseObject | oas31.ReferenceObject | undefined = operation
    ? operation.responses?.[String(status)]
    : refused(status);
  return response ? dereferenced(response) : null;
}

function findPath(pathname: string): oas31.PathItemObject | undefined {
  return paths.find(({ pattern }) => pattern.test(pathname))?.path;
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
  response: oas31.ResponseObject | oas31.ReferenceObject,
): oas31.ResponseObject | null {
  if (!("$ref" in response)) {
    return response;
  }
  const name = response.$ref.split("/").at(-1) ?? "";
  const named = document.components?.responses?.[name];
  return named ? dereferenced(named) : null;
}

function problemContent(): oas31.ContentObject {
  return { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
}

function headerFaults(response: oas31.ResponseObject, sent: Headers): string[] {
  return Object.keys(response.headers ?? {}).flatMap((name) => {
    const header = document.components?.headers?.[name];
    if (!header || "$ref" in header) {
      return [`the header ${name} is not among the document's components`];
    }
    const value = sent.get(name);
    if (value === null) {
      return header.required ? [`the header ${name} is missing`] : [];
    }
    return schemaFaults(header.schema, value).map((fault) => `the header ${name} ${fault}`);
  });
}

function bodyFaults(
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
    ? schemaFaults(content.schema, body).map((fault) => `the body ${fault}`)
    : [`the content type is ${type}`];
}

function schemaFaults(
  schema: oas31.SchemaObject | oas31.ReferenceObject | undefined,
  value: unknown,
): string[] {
  const validate = compiled(JSON.stringify(schema ?? {}));
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function compiled(schema: string) {
  const known = validators.get(schema);
  if (known) {
    return known;
  }
  const validate = schemas.compile(JSON.parse(schema.replaceAll('"#/', '"document#/')));
  validators.set(schema, validate);
  return validate;
}

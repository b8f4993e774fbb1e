import "server-only";
import type { oas31 } from "zod-openapi";
import { isErrorCode } from "@/app/docs/error-codes";
import type { ErrorCode } from "@/lib/errors";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { type Credential, curlFor } from "./curl";
import { membersOf, nameIn, readSchema, type SchemaMember, schemaNameIn } from "./schema-members";

const methods = ["get", "post", "put", "patch", "delete"] as const;

export type Parameter = {
  name: string;
  place: "path" | "query" | "header";
  isRequired: boolean;
  member: SchemaMember;
};

export type Answer = { status: string; meaning: string; codes: ErrorCode[]; schema: string | null };

export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  credential: Credential;
  parameters: Parameter[];
  /** The members of the body, and an example as JSON. */
  body: { schema: string; isRequired: boolean; members: SchemaMember[]; example: string } | null;
  answers: Answer[];
  curl: string;
};

export type Schema = {
  name: string;
  description: string;
  members: SchemaMember[];
  example: string | null;
};

export type Reference = {
  baseUrl: string;
  groups: { name: string; description: string; operations: Operation[] }[];
  schemas: Schema[];
};

/** The API reference, read out of the OpenAPI document. */
export function readReference(): Reference {
  const document = openApiDocument();
  const baseUrl = document.servers?.[0]?.url ?? "";
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation
        ? [
            {
              tag: operation.tags?.[0],
              ...readOperation(document, baseUrl, method, path, operation),
            },
          ]
        : [];
    }),
  );
  return {
    baseUrl,
    groups: (document.tags ?? []).map(({ name, description = "" }) => ({
      name,
      description,
      operations: operations.filter(({ tag }) => tag === name),
    })),
    schemas: readSchemas(document),
  };
}

function readOperation(
  document: oas31.OpenAPIObject,
  baseUrl: string,
  method: string,
  path: string,
  operation: oas31.OperationObject,
): Operation {
  const request = {
    method: method.toUpperCase(),
    path,
    credential: credentialOf(operation),
    body: readBody(document, operation),
  };
  return {
    id: operation.operationId ?? `${method} ${path}`,
    summary: operation.summary ?? path,
    description: operation.description ?? "",
    parameters: (operation.parameters ?? []).flatMap((parameter) =>
      readParameter(document, parameter),
    ),
    answers: Object.entries(operation.responses ?? {}).map(([status, response]) =>
      readAnswer(document, status, response),
    ),
    curl: curlFor(baseUrl, request),
    ...request,
  };
}

function credentialOf({ security }: oas31.OperationObject): Credential {
  const schemes = (security ?? []).flatMap((requirement) => Object.keys(requirement));
  if (schemes.includes("bearerAuth")) {
    return "bearer";
  }
  return schemes.includes("session") ? "session" : "none";
}

function readParameter(
  document: oas31.OpenAPIObject,
  given: oas31.ParameterObject | oas31.ReferenceObject,
): Parameter[] {
  const parameter = "$ref" in given ? document.components?.parameters?.[nameIn(given.$ref)] : given;
  if (!parameter || "$ref" in parameter || parameter.in === "cookie") {
    return [];
  }
  // Every operation takes it, so the page says so once.
  if (parameter.name === "X-Request-Id") {
    return [];
  }
  const { name, in: place, required = false, description = "", example } = parameter;
  const own = { description, ...(example !== undefined && { example }) };
  const properties = { [name]: { ...own, ...parameter.schema } };
  const [member] = membersOf(readSchema({ properties, required: required ? [name] : [] }));
  return member ? [{ name, place, isRequired: required, member }] : [];
}

function readBody(document: oas31.OpenAPIObject, { requestBody }: oas31.OperationObject) {
  if (!requestBody || "$ref" in requestBody) {
    return null;
  }
  const name = schemaNameIn(readSchema(requestBody.content["application/json"]?.schema)) ?? "";
  const schema = readSchema(document.components?.schemas?.[name]);
  return {
    schema: name,
    isRequired: requestBody.required === true,
    members: membersOf(schema),
    example: pretty(schema.example ?? {}),
  };
}

function readAnswer(
  document: oas31.OpenAPIObject,
  status: string,
  given: oas31.ResponseObject | oas31.ReferenceObject,
): Answer {
  const response = "$ref" in given ? document.components?.responses?.[nameIn(given.$ref)] : given;
  if (!response || "$ref" in response) {
    return { status, meaning: "", codes: [], schema: null };
  }
  const [content] = Object.values(response.content ?? {});
  const schema = readSchema(content?.schema);
  const codes = (schema.properties?.code?.enum ?? []).map(String).filter(isErrorCode);
  return {
    status,
    meaning: codes.length > 0 ? "" : response.description,
    codes,
    schema: schemaNameIn(schema),
  };
}

function readSchemas(document: oas31.OpenAPIObject): Schema[] {
  return Object.entries(document.components?.schemas ?? {}).map(([name, given]) => {
    const schema = readSchema(given);
    return {
      name,
      description: schema.description,
      members: membersOf(schema),
      example: schema.example === undefined ? null : pretty(schema.example),
    };
  });
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

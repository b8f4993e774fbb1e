import { beforeAll, expect, it, vi } from "vitest";
import type { oas31 } from "zod-openapi";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { type Operation, operationsOf } from "@/tests/support/document/attempts";
import { documentRunner, type Runner } from "@/tests/support/document/runner";
import { documentSchemas } from "@/tests/support/document/schemas";
import { alternativesOf } from "@/tests/support/document/values";

// What a request waits for is tests/api/sync-held.test.ts's.
vi.hoisted(() => vi.stubEnv("SYNC_WAIT_SECONDS", "0"));

const seed = Number(process.env.TEST_SEED ?? Date.now());

let disagreementsWith: Runner;

beforeAll(async () => {
  disagreementsWith = await documentRunner(seed);
});

type Document = oas31.OpenAPIObject;

/** Mistakes put into a copy of the document: what, where it has to show, how, and in which words. */
const planted: [what: string, id: string, plant: (document: Document) => void, shows: string][] = [
  [
    "a bound that is looser by one",
    "updateTask",
    (document) => change(document, "UpdateTaskInput", "description", { maxLength: 2_001 }),
    "is refused, and the document allows it",
  ],
  [
    "a bound that is stricter by one",
    "updateTask",
    (document) => change(document, "UpdateTaskInput", "description", { maxLength: 1_999 }),
    "is accepted, and the document does not allow it",
  ],
  [
    "a bound that is left out",
    "signUp",
    (document) => change(document, "SignUpInput", "password", { minLength: 1 }),
    "is refused, and the document allows it",
  ],
  [
    "a member that the app does not know",
    "completeTask",
    (document) => {
      Object.assign(schemaIn(document, "CompleteTaskInput").properties ?? {}, {
        note: { type: "string" },
      });
    },
    "is refused, and the document allows it",
  ],
  [
    "a member that the document does not know",
    "createTask",
    (document) => {
      delete schemaIn(document, "CreateTaskInput").properties?.priority;
    },
    "is accepted, and the document does not allow it",
  ],
  [
    "a member that need not be there",
    "createTask",
    (document) => {
      schemaIn(document, "CreateTaskInput").required = [];
    },
    "is refused, and the document allows it",
  ],
  [
    "a value that is not one of the app's",
    "patchTask",
    (document) => change(document, "UpdateTaskInput", "priority", { enum: ["none", "urgent"] }),
    "is refused, and the document allows it",
  ],
  [
    "a merge patch on PUT",
    "updateTask",
    (document) => {
      const { put, patch } = document.paths?.["/api/tasks/{id}"] ?? {};
      Object.assign(put ?? {}, { requestBody: patch?.requestBody });
    },
    "415 unsupported_media_type",
  ],
  [
    "no merge patch on PATCH",
    "patchTask",
    (document) => {
      const { put, patch } = document.paths?.["/api/tasks/{id}"] ?? {};
      Object.assign(patch ?? {}, { requestBody: put?.requestBody });
    },
    "the media type application/merge-patch+json {}: is accepted",
  ],
  [
    "a header's pattern that is looser",
    "createTask",
    (document) => changeParameter(document, "Idempotency-Key", { pattern: "^.+$" }),
    "Idempotency-Key in header",
  ],
  [
    "a header's pattern where the app has none",
    "getTask",
    (document) => changeParameter(document, "X-Request-Id", { pattern: "^[a-z]+$" }),
    "X-Request-Id in header",
  ],
  ...["400", "401", "403", "404", "413", "415"].map((status): (typeof planted)[number] => [
    `no answer of the status ${status}`,
    "deleteTask",
    (document) => {
      delete document.paths?.["/api/tasks/{id}"]?.delete?.responses?.[status];
    },
    "the document does not list this status",
  ]),
  [
    "an answer without a header that it has",
    "getTask",
    (document) => {
      const { responses = {} } = document.paths?.["/api/tasks/{id}"]?.get ?? {};
      Object.assign(responses["200"] ?? {}, { headers: {} });
    },
    "the document does not list the header etag",
  ],
  [
    "an answer without a member that it has",
    "getTask",
    (document) => {
      delete schemaIn(document, "Task").properties?.version;
    },
    "the body  must NOT have additional properties",
  ],
  [
    "another scope",
    "deleteTask",
    (document) => {
      const { delete: operation } = document.paths?.["/api/tasks/{id}"] ?? {};
      Object.assign(operation ?? {}, { security: [{ bearerAuth: ["tasks:read"] }] });
    },
    "a request as documented: is refused",
  ],
];

it.each(planted)("%s in the document of %s shows", async (_what, id, plant, shows) => {
  const document = structuredClone(openApiDocument());
  plant(document);
  const [operation] = operationsOf(document).filter((one) => one.operation.operationId === id);
  expect(operation && (await firstWith(shows, document, operation))).toContain(shows);
});

async function firstWith(shows: string, document: Document, operation: Operation) {
  for await (const disagreement of disagreementsWith(document, operation)) {
    if (disagreement.includes(shows)) {
      return disagreement;
    }
  }
  return "nothing of the kind";
}

function schemaIn(document: Document, name: string): oas31.SchemaObject {
  return documentSchemas(document).resolve({ $ref: `#/components/schemas/${name}` });
}

/** Changes a member wherever it is written, also where it may be null. */
function change(document: Document, name: string, member: string, to: oas31.SchemaObject): void {
  const schemas = documentSchemas(document);
  const schema = schemaIn(document, name).properties?.[member] ?? {};
  const [alternative = {}] = alternativesOf(schemas, schemas.resolve(schema));
  Object.assign(alternative, to);
}

function changeParameter(document: Document, name: string, to: oas31.SchemaObject): void {
  const parameter = document.components?.parameters?.[name];
  Object.assign(parameter && "schema" in parameter ? (parameter.schema ?? {}) : {}, to);
}

import { beforeAll, expect, it, vi } from "vitest";
import type { oas31 } from "zod-openapi";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { createKeyFor } from "@/tests/support/api-keys";
import { type Ground, type Operation, operationsOf } from "@/tests/support/document/attempts";
import { disagreementsOf } from "@/tests/support/document/disagreements";
import { documentSchemas } from "@/tests/support/document/schemas";
import { alternativesOf } from "@/tests/support/document/values";
import { createUserWithPassword, password } from "@/tests/support/password";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createSession, randomAddress, type SignedIn } from "@/tests/support/users";

// What a request waits for is tests/api/sync-held.test.ts's.
vi.hoisted(() => vi.stubEnv("SYNC_WAIT_SECONDS", "0"));

const seed = Number(process.env.TEST_SEED ?? Date.now());

type Grounds = Record<string, Omit<Ground, "credentials">>;

let user: SignedIn;
let key: string;
let grounds: Grounds;

beforeAll(async () => {
  user = await createUserWithPassword();
  ({ key } = await createKeyFor(user));
  grounds = groundsOf(await taskOwner(user), user.email, key);
});

// A run is repeated with the seed that it printed: TEST_SEED=… npx vitest …
process.stdout.write(`The requests made of the document have the seed ${seed}.\n`);

it.each(operationsOf(openApiDocument()))(
  "the app does what the document says of $method $path, and no more",
  async (operation) => {
    const found: string[] = [];
    for await (const disagreement of disagreementsWith(openApiDocument(), operation)) {
      found.push(disagreement);
    }
    expect(found).toEqual([]);
  },
);

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

async function* disagreementsWith(document: Document, operation: Operation) {
  const credentials = await newCredentials();
  const ground = { ...grounds[operation.operation.operationId ?? ""], credentials };
  yield* disagreementsOf(document, operation, ground, seed);
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

async function newCredentials(): Promise<Ground["credentials"]> {
  const session = await createSession(user.id);
  const scopes = ["", "tasks:read", "tasks:write"];
  const tokens = await Promise.all(
    scopes.map(async (scope) => [scope, await tokenFor(user, { scope })] as const),
  );
  const byScope = new Map(tokens);
  return (scheme, asked) => {
    switch (scheme) {
      case "bearerAuth":
        return { Authorization: `Bearer ${byScope.get(asked.join(" "))}` };
      case "apiKey":
        return { "x-api-key": key };
      case "session":
        return { Cookie: cookieFor(session) };
      default:
        throw new Error(`Nobody here has credentials of the scheme ${scheme}.`);
    }
  };
}

function groundsOf(owner: TaskOwner, knownAddress: string, key: string): Grounds {
  const task = async () => ({ id: (await owner.make()).id });
  const deleted = async () => {
    const { id } = await owner.make();
    await owner.send("DELETE", `/api/tasks/${id}`);
    return { id };
  };
  const oneTask: Omit<Ground, "credentials"> = {
    prepare: task,
    states: {
      "404 not_found": "a UUID that no task has",
      "412 precondition_failed": "an ETag that the task does not have",
    },
  };
  const anyCursor = { states: { "400 invalid_cursor": "a cursor is only good where we made it" } };
  return {
    listTasks: anyCursor,
    applyBatch: {
      bodyBytesMax: 4 * 2 ** 20,
      states: { "422 idempotency_key_reused": "a key that another request has" },
    },
    readChanges: {
      states: { ...anyCursor.states, "410 resync_required": "a schema that only a later app has" },
    },
    sendChanges: {
      bodyBytesMax: 4 * 2 ** 20,
      // Each request is of another device.
      members: () => ({ device: crypto.randomUUID() }),
      success: () => ({ device: crypto.randomUUID(), cursor: null, confirmed: 0, changes: [] }),
      states: {
        ...anyCursor.states,
        "409 device_gap": "a first change that is not the first",
        "409 device_forked": "two changes of one number",
      },
    },
    getTask: oneTask,
    updateTask: oneTask,
    patchTask: oneTask,
    completeTask: oneTask,
    deleteTask: oneTask,
    restoreTask: { ...oneTask, prepare: deleted },
    signUp: {
      members: () => ({ email: randomAddress(), password }),
      states: {
        "400 invalid_input /password is one of the most common passwords": "what people choose",
        "400 invalid_input /password is too close to your name": "what people choose",
        "409 conflict": "an address that has an account",
      },
    },
    signIn: {
      members: () => ({ email: randomAddress() }),
      success: () => ({ email: knownAddress, password }),
      states: { "401 unauthenticated": "an address that has no account" },
    },
    getDeviceToken: {
      success: () => ({ grant_type: "refresh_token", refresh_token: key }),
      states: { "400 invalid_grant": "a code or a key that nobody was given" },
    },
  };
}

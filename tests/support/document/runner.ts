import type { oas31 } from "zod-openapi";
import { createKeyFor } from "@/tests/support/api-keys";
import type { Ground, Operation } from "@/tests/support/document/attempts";
import { disagreementsOf } from "@/tests/support/document/disagreements";
import { createUserWithPassword, password } from "@/tests/support/password";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createSession, randomAddress, type SignedIn } from "@/tests/support/users";

type Grounds = Record<string, Omit<Ground, "credentials">>;

/** What finds the requests in whose answers the app and a document disagree. */
export type Runner = (
  document: oas31.OpenAPIObject,
  operation: Operation,
) => AsyncGenerator<string, void, undefined>;

/** A runner with a person of its own, whose requests the seed decides. */
export async function documentRunner(seed: number): Promise<Runner> {
  const user = await createUserWithPassword();
  const { key } = await createKeyFor(user);
  const grounds = groundsOf(await taskOwner(user), user.email, key);
  return async function* disagreementsWith(document, operation) {
    const credentials = await newCredentials(user, key);
    const ground = { ...grounds[operation.operation.operationId ?? ""], credentials };
    yield* disagreementsOf(document, operation, ground, seed);
  };
}

async function newCredentials(user: SignedIn, key: string): Promise<Ground["credentials"]> {
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

import "server-only";
import type { Operation } from "@/lib/operations/operation";
import { syncOperations } from "@/lib/operations/sync";
import { taskOperations } from "@/lib/operations/tasks/task-operations";

const byName = { ...taskOperations, ...syncOperations };

/** The declarations by name, for what is typed by them. */
export type Operations = typeof byName;

/** Every operation that takes a bearer token, in the order of the OpenAPI document. */
export const operations: readonly Operation[] = Object.values(byName);

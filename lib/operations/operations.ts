import "server-only";
import type { Operation } from "@/lib/operations/operation";
import { taskOperations } from "@/lib/operations/tasks";

/** Every operation that takes a bearer token, in the order of the OpenAPI document. */
export const operations: readonly Operation[] = [...Object.values(taskOperations)];

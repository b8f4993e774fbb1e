import type { Scope } from "@/lib/operations/scopes";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Where an operation is, and the scope that its token needs. */
export type RequestLine = { method: Method; path: `/api/${string}`; scope: Scope };

/**
 * The operations of the task API by name. The rest of each declaration stands in a module per noun,
 * because the browser needs these lines and must not load zod.
 */
export const taskLines = {
  listTasks: { method: "GET", path: "/api/tasks", scope: "tasks:read" },
  createTask: { method: "POST", path: "/api/tasks", scope: "tasks:write" },
  getTask: { method: "GET", path: "/api/tasks/{id}", scope: "tasks:read" },
  updateTask: { method: "PUT", path: "/api/tasks/{id}", scope: "tasks:write" },
  patchTask: { method: "PATCH", path: "/api/tasks/{id}", scope: "tasks:write" },
  deleteTask: { method: "DELETE", path: "/api/tasks/{id}", scope: "tasks:write" },
  completeTask: { method: "PATCH", path: "/api/tasks/{id}/complete", scope: "tasks:write" },
  restoreTask: { method: "POST", path: "/api/tasks/{id}/restore", scope: "tasks:write" },
} as const satisfies Record<string, RequestLine>;

/** The operations of changes as data. */
export const syncLines = {
  applyBatch: { method: "POST", path: "/api/batch", scope: "tasks:write" },
  readChanges: { method: "GET", path: "/api/sync", scope: "tasks:read" },
  sendChanges: { method: "POST", path: "/api/sync", scope: "tasks:write" },
} as const satisfies Record<string, RequestLine>;

/** Every operation that takes a bearer token, by name. */
export const requestLines = { ...taskLines, ...syncLines };

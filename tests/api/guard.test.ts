import { expect, it } from "vitest";
import { answer } from "@/tests/support/api";
import { apiRoutes } from "@/tests/support/routes";

/** The routes that anybody may call. Every other one asks for a token or a key; adding to this list is a decision. */
const publicRoutes = new Set([
  "/api/[[...missing]]",
  "/api/auth/[...all]",
  "/api/health/live",
  "/api/health/ready",
  "/api/openapi.json",
]);

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const methodNotOffered = 405;

async function guardedHandlers() {
  const found: [string, string][] = [];
  for (const route of apiRoutes().filter(({ path }) => !publicRoutes.has(path))) {
    const handlers = await route.load();
    const offered = methods.filter((method) => typeof handlers[method] === "function");
    found.push(...offered.map((method): [string, string] => [method, route.path]));
  }
  return found;
}

function addressOf(path: string): string {
  return `http://localhost:3000${path.replaceAll(/\[[^/]+\]/g, crypto.randomUUID())}`;
}

it("every handler that is not public refuses a request without a token", async () => {
  const handlers = await guardedHandlers();
  const refused: string[] = [];
  for (const [method, path] of handlers) {
    const { status } = await answer(new Request(addressOf(path), { method }));
    expect([401, methodNotOffered], `${method} ${path}`).toContain(status);
    if (status === 401) {
      refused.push(`${method} ${path}`);
    }
  }
  expect(refused.sort()).toEqual([
    "DELETE /api/tasks/[id]",
    "GET /api/tasks",
    "GET /api/tasks/[id]",
    "PATCH /api/tasks/[id]",
    "PATCH /api/tasks/[id]/complete",
    "POST /api/tasks",
    "POST /api/tasks/[id]/restore",
    "POST /api/token",
    "PUT /api/tasks/[id]",
  ]);
});

it("a credential anywhere but in the Authorization header does not count", async () => {
  const headers = {
    Cookie: "evo-todo-3000.session_token=x; token=x",
    "X-Authorization": "Bearer x",
    "X-Api-Key": "x",
  };
  for (const [method, path] of await guardedHandlers()) {
    const address = `${addressOf(path)}?access_token=x&token=x`;
    const { status } = await answer(new Request(address, { method, headers }));
    expect([401, methodNotOffered], `${method} ${path}`).toContain(status);
  }
});

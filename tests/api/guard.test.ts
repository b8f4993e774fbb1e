import { expect, it } from "vitest";
import { operations } from "@/lib/operations/operations";
import { scopes } from "@/lib/operations/scopes";
import { answer, call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { apiRoutes } from "@/tests/support/routes";
import { tokenFor } from "@/tests/support/tokens";
import { createUser } from "@/tests/support/users";

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
  const declared = operations.map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, "[$1]")}`,
  );
  expect(declared.length).toBeGreaterThanOrEqual(8);
  expect(refused.sort()).toEqual([...declared, "POST /api/token"].sort());
});

it("an operation that reads needs the scope to read, and any other the scope to write", () => {
  for (const { method, path, scope } of operations) {
    expect(scope, `${method} ${path}`).toBe(method === "GET" ? "tasks:read" : "tasks:write");
  }
});

it.each(operations)("$method $path needs the scope that it declares", async (operation) => {
  const others = scopes.filter((scope) => scope !== operation.scope).join(" ");
  const token = await tokenFor(await createUser(), { scope: others });
  const path = operation.path.replaceAll(/\{\w+\}/g, () => crypto.randomUUID());
  const refused = await call(operation.method, path, { token });
  expect(refused.status).toBe(403);
  expect(problemIn(refused).code).toBe("insufficient_scope");
  expect(refused.headers.get("www-authenticate")).toContain(`scope="${operation.scope}"`);
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

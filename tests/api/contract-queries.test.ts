import { beforeAll, describe, expect, it } from "vitest";
import { apiMethods } from "@/lib/http/api-methods";
import { type Answer, call } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser } from "@/tests/support/users";

const unknown = "is not a member of this request";

/** Probes that add to an address must not take a healthy process down, so these look at no query. */
const deaf = ["/api/health/live", "/api/health/ready"];

/** What a provider adds to its answer is ignored, as OAuth demands. */
const ofProviders = ["/api/auth/callback/github", "/api/auth/callback/google"];

const routes = Object.entries(apiMethods).flatMap(([path, allow]) =>
  allow
    .split(", ")
    .filter((method) => method !== "OPTIONS")
    .map((method) => ({ method, path })),
);
const strict = routes.filter(({ path }) => ![...deaf, ...ofProviders].includes(path));

let credentials: Record<string, string>;

beforeAll(async () => {
  const user = await createUser();
  const { key } = await createKeyFor(user);
  const token = await tokenFor(user);
  credentials = {
    Authorization: `Bearer ${token}`,
    Cookie: cookieFor(user),
    "x-api-key": key,
  };
});

describe("a route that is asked for with parameters that it does not know", () => {
  it.each(strict)("refuses each of them: $method $path", async ({ method, path }) => {
    const answer = await ask(method, `${path}?utm_source=x&page=1&page=2`);
    expect(answer.status).toBe(400);
    if (method !== "HEAD") {
      expect(problemIn(answer)).toMatchObject({
        code: "invalid_input",
        errors: [
          { pointer: "?utm_source", detail: unknown },
          { pointer: "?page", detail: "may stand once only" },
        ],
      });
    }
  });

  it.each(deaf)("answers as ever, where probes ask: %s", async (path) => {
    for (const method of ["GET", "HEAD"]) {
      expect((await ask(method, `${path}?probe=7&probe=8`)).status).toBe(200);
    }
  });

  it.each(ofProviders)("leads on, where a provider asks: %s", async (path) => {
    const answer = await ask("GET", `${path}?state=x&code=y&hd=example.test`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).not.toContain("example.test");
  });
});

it("a known parameter may stand once only", async () => {
  const answer = await ask("GET", "/api/tasks?status=open&status=open&limit=5");
  expect(problemIn(answer).errors).toEqual([{ pointer: "?status", detail: "may stand once only" }]);
  const twice = await ask("GET", "/api/auth/callback/github?state=x&state=x&code=y");
  expect(problemIn(twice).errors).toEqual([{ pointer: "?state", detail: "may stand once only" }]);
});

function ask(method: string, path: string): Promise<Answer> {
  const address = path.replace("{id}", crypto.randomUUID());
  return call(method, address, { headers: credentials });
}

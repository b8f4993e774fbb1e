import { join } from "node:path";
import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { claimsFor } from "@/app/docs/tokens/claims";
import { env } from "@/lib/env";
import { answer } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { createUser } from "@/tests/support/users";

type Request = (path: string) => Promise<Response>;

const site = "http://localhost:3000";
const sample = join(process.cwd(), "app/docs/samples/renewing-client.mjs");
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.stubGlobal("fetch", (url: string, options?: RequestInit) => {
    asked.push(new URL(url).pathname);
    return answer(new Request(url, options));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("the client of the guide fetches one token, and another when that has expired", async () => {
  const { key } = await createKeyFor(await createUser());
  const request = await connect(key);
  expect((await request("/api/tasks")).status).toBe(200);
  expect((await request("/api/tasks")).status).toBe(200);
  expect(asked).toEqual(["/api/token", "/api/tasks", "/api/tasks"]);

  asked.length = 0;
  vi.setSystemTime(Date.now() + (env.tokenLifeSeconds + 6) * 1_000);
  expect((await request("/api/tasks")).status).toBe(200);
  expect(asked).toEqual(["/api/tasks", "/api/token", "/api/tasks"]);
});

it("it repeats no request that another token would not change", async () => {
  const { key } = await createKeyFor(await createUser(), { scopes: ["tasks:write"] });
  const request = await connect(key);
  expect((await request("/api/tasks")).status).toBe(403);
  expect(asked).toEqual(["/api/token", "/api/tasks"]);
  await expect((await connect("evo_mistyped"))("/api/tasks")).rejects.toThrow("invalid_token");
});

it("the guide names every claim of a token, and no other", async () => {
  const { key } = await createKeyFor(await createUser());
  const request = new Request(`${site}/api/token`, {
    method: "POST",
    headers: { "x-api-key": key },
  });
  const { token }: { token: string } = await (await answer(request)).json();
  const named = claimsFor(site).flatMap(({ name }) => name.split(/, | or /));
  expect([...Object.keys(decodeJwt(token)), "sid"].sort()).toEqual(named.sort());
});

async function connect(key: string): Promise<Request> {
  const { connect }: { connect: (site: string, key: string) => Request } = await import(sample);
  return connect(site, key);
}

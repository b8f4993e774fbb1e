import { beforeEach, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { createKeyFor, postAs } from "@/tests/support/api-keys";
import { postForm } from "@/tests/support/devices";
import { createUser, type SignedIn } from "@/tests/support/users";

vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600"));

let user: SignedIn;

beforeEach(async () => {
  user = await createUser();
});

it("a key gets 120 tokens a minute, and another key its own", async () => {
  const [busy, other] = [await createKeyFor(user), await createKeyFor(user)];
  expect((await exchange(busy.key)).status).toBe(200);
  await counted("keyToken", 119);
  expect((await exchange(busy.key)).status).toBe(200);
  expectLimited(await exchange(busy.key));
  expect((await exchange(other.key)).status).toBe(200);
});

it("a network tries 60 wrong keys a minute, while good ones work", async () => {
  const { key } = await createKeyFor(user);
  expect((await exchange("evo_x")).status).toBe(401);
  await counted("wrongKey", 59);
  expect((await exchange("evo_x")).status).toBe(401);
  expectLimited(await exchange("evo_x"));
  expect((await exchange(key)).status).toBe(200);
});

it("a person types 20 codes in a quarter of an hour, for any purpose", async () => {
  const type = (verb: string) => postAs(user, `/device/${verb}`, { userCode: "BBBB-BBBB" });
  expect((await type("verify")).status).toBe(404);
  await counted("userCode", 17);
  for (const verb of ["verify", "approve", "deny"]) {
    expect((await type(verb)).status).toBe(404);
  }
  for (const verb of ["verify", "approve", "deny"]) {
    expectLimited(await type(verb));
  }
});

it("a network asks for 20 devices a minute", async () => {
  const ask = () => postForm("/device/code", { client_id: "x" });
  expect((await ask()).status).toBe(200);
  await counted("deviceCode", 19);
  expect((await ask()).status).toBe(200);
  const refused = await ask();
  expectLimited(refused);
  expect(refused.body).toMatchObject({ error: "temporarily_unavailable" });
});

function exchange(key: string) {
  return call("POST", "/api/token", { headers: { "x-api-key": key } });
}

/** So many requests have been counted of those that this limit is kept for. */
function counted(kind: string, count: number) {
  return database().rateLimit.updateMany({
    where: { key: { startsWith: `${kind}:` } },
    data: { count },
  });
}

function expectLimited({ status, headers, body }: Answer): void {
  expect(status).toBe(429);
  expect(headers.get("retry-after")).toMatch(/^\d+$/);
  expect(body).toMatchObject({ code: "rate_limited" });
}

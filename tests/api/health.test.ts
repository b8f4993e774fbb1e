import { expect, it } from "vitest";
import { type Database, database, shareDatabase } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";

it("a process that serves is alive and ready", async () => {
  for (const path of ["/api/health/live", "/api/health/ready"]) {
    const answer = await call("GET", path);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ status: "ok" });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

it("without a database the process is alive and not ready, and says no cause", async () => {
  await withoutDatabase(async () => {
    expect((await call("GET", "/api/health/live")).status).toBe(200);
    await expectNotReady();
  });
  expect((await call("GET", "/api/health/ready")).status).toBe(200);
});

it("a process is not ready while a migration it knows is not applied", async () => {
  await database().$executeRaw`UPDATE _prisma_migrations SET finished_at = NULL`;
  await expectNotReady();
  await database().$executeRaw`UPDATE _prisma_migrations SET finished_at = now()`;
  expect((await call("GET", "/api/health/ready")).status).toBe(200);
});

async function expectNotReady() {
  const answer = await call("GET", "/api/health/ready");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(problemIn(answer)).toEqual({
    type: "/docs/errors#unavailable",
    title: "The service is briefly unavailable",
    status: 503,
    detail: "This process is not ready. Try again in a moment.",
    code: "unavailable",
    requestId: answer.headers.get("x-request-id"),
  });
}

async function withoutDatabase(work: () => Promise<void>) {
  const client: Database = database();
  shareDatabase(undefined);
  try {
    await work();
  } finally {
    shareDatabase(client);
  }
}

import { afterAll, beforeAll } from "vitest";

let close = async () => {};

// Imported late, so that a file may stub the environment before any module reads it.
beforeAll(async () => {
  const { openTestDatabase } = await import("@/tests/support/database");
  close = await openTestDatabase();
});

afterAll(() => close());

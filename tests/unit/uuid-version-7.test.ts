import fc from "fast-check";
import { expect, it } from "vitest";
import { uuidVersion7 } from "@/lib/planning/uuid-version-7";

const millisecondsMax = 2 ** 48 - 1;

it("the ids have version 7, variant 10 and the milliseconds in front", () => {
  fc.assert(
    fc.property(fc.nat({ max: millisecondsMax }), (now) => {
      const id = uuidVersion7(now);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(now);
    }),
  );
});

it("ids of one millisecond differ", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => uuidVersion7(0))).size).toBe(1_000);
});

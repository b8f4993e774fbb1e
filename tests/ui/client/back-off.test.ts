import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryAfter } from "@/lib/client/api-error";
import { backOffMilliseconds } from "@/lib/client/back-off";

const attempt = fc.integer({ min: 0, max: 30 });
const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe("waiting before the next attempt", () => {
  it("is never shorter than Retry-After and never more than eight seconds longer", () => {
    fc.assert(
      fc.property(attempt, chance, fc.integer({ min: 0, max: 3600 }), (count, random, seconds) => {
        const wait = backOffMilliseconds(count, seconds, () => random);
        expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
        expect(wait).toBeLessThanOrEqual(seconds * 1000 + 8000);
      }),
    );
  });

  it("spreads clients over at least half of a ceiling that never shrinks", () => {
    fc.assert(
      fc.property(attempt, (count) => {
        const least = backOffMilliseconds(count, null, () => 0);
        const most = backOffMilliseconds(count, null, () => 1);
        expect(most).toBe(least * 2);
        expect(backOffMilliseconds(count + 1, null, () => 0)).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it("counts a Retry-After date from the answer's own clock, not from ours", () => {
    const headers = new Headers({
      date: "Wed, 01 Jan 2031 00:00:00 GMT",
      "retry-after": "Wed, 01 Jan 2031 00:00:07 GMT",
    });
    expect(readRetryAfter(headers)).toBe(7);
  });

  it("ignores a Retry-After that says nothing", () => {
    expect(readRetryAfter(new Headers({ "retry-after": "soon" }))).toBeNull();
    expect(readRetryAfter(new Headers())).toBeNull();
  });
});

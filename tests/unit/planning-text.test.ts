import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCodePoints, fold } from "@/lib/planning/text";

const seed = Number(process.env.TEST_SEED ?? Date.now());
const anyText = fc.string({ unit: "binary" });

describe("folded text", () => {
  it.each([
    ["ΟΔΟΣ", "οδοσ"],
    ["οδός", "οδόσ"],
    ["İstanbul", "i\u0307stanbul"],
    ["IĞDIR ığdır", "iğdir ığdır"],
    ["Straße STRASSE ẞ", "straße strasse ß"],
    ["ÉCOLE e\u0301", "école e\u0301"],
    ["𐐀 😀 ǅ", "𐐨 😀 ǆ"],
  ])("of %s is %s", (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it("of a part is the part of the folded text", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(fold(one + other)).toBe(fold(one) + fold(other));
      }),
      { seed, examples: [["ΟΔΟΣ", "ΟΔΟΣ"]] },
    );
  });
});

it("texts compare by their code points", () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      const bytes = Buffer.compare(Buffer.from(one), Buffer.from(other));
      expect(Math.sign(compareCodePoints(one, other))).toBe(bytes);
    }),
    { seed, examples: [["😀", "\uffff"]] },
  );
});

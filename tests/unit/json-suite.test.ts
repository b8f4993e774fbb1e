import { expect, it } from "vitest";
import { parseStrictJson } from "@/lib/http/strict-json";
import { type JsonCase, jsonCases } from "../support/corpora/json-suite";

const malformed = expect.objectContaining({ code: "malformed_json" });

/** JSON that our own rules refuse: a name twice in one object (I-JSON, RFC 7493, section 2.3). */
const withNameTwice = ["y_object_duplicated_key", "y_object_duplicated_key_and_value"];

/** What a parser may do as it likes and ours reads: numbers of any size, and escapes of half a pair. */
const readAnyway = [
  "i_number_double_huge_neg_exp",
  "i_number_huge_exp",
  "i_number_neg_int_huge_exp",
  "i_number_pos_double_huge_exp",
  "i_number_real_neg_overflow",
  "i_number_real_pos_overflow",
  "i_number_real_underflow",
  "i_number_too_big_neg_int",
  "i_number_too_big_pos_int",
  "i_number_very_big_negative_int",
  "i_object_key_lone_2nd_surrogate",
  "i_string_1st_surrogate_but_2nd_missing",
  "i_string_1st_valid_surrogate_2nd_invalid",
  "i_string_incomplete_surrogate_and_escape_valid",
  "i_string_incomplete_surrogate_pair",
  "i_string_incomplete_surrogates_escape_valid",
  "i_string_invalid_lonely_surrogate",
  "i_string_invalid_surrogate",
  "i_string_inverted_surrogates_U+1D11E",
  "i_string_lone_second_surrogate",
];

it("JSONTestSuite is here whole", () => {
  const counts = [jsonCases("y"), jsonCases("n"), jsonCases("i")].map(({ length }) => length);
  expect(counts).toEqual([95, 188, 35]);
});

it.each(jsonCases("y").filter(({ name }) => !withNameTwice.includes(name)))(
  "$name is read as JSON.parse reads it",
  ({ bytes }) => {
    expect(parseStrictJson(bytes)).toEqual(JSON.parse(new TextDecoder().decode(bytes)));
  },
);

it.each(jsonCases("y").filter(({ name }) => withNameTwice.includes(name)))(
  "$name is refused by our own rule",
  expectMalformed,
);

it.each(jsonCases("n"))("$name is malformed", expectMalformed);

it("of what may be either, UTF-8 without a mark and within 32 levels is read", () => {
  const read = jsonCases("i").filter(({ bytes }) => isRead(bytes));
  expect(read.map(({ name }) => name)).toEqual(readAnyway);
});

function expectMalformed({ bytes }: JsonCase) {
  expect(() => parseStrictJson(bytes)).toThrow(malformed);
}

function isRead(bytes: Uint8Array): boolean {
  try {
    parseStrictJson(bytes);
    return true;
  } catch (error) {
    expect(error).toEqual(malformed);
    return false;
  }
}

import fc from "fast-check";
import { expect, it } from "vitest";
import { parseStrictJson } from "@/lib/http/strict-json";

const malformed = expect.objectContaining({ code: "malformed_json" });

function parse(text: string): unknown {
  return parseStrictJson(new TextEncoder().encode(text));
}

it("whatever JSON.stringify writes is read back", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value, null, 2);
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
  );
});

it.each([
  '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}',
  '{"a":"}{][\\"","b":"\\\\"}',
  '{"a:":"b:","a":"a:"}',
  '["a","a"]',
  ' \t\r\n{ "a" : 1 } ',
  "1e400",
  "-0",
  '"\\ud83d\\ude00"',
  '{"__proto__":1}',
])("%s is well-formed", (text) => {
  expect(parse(text)).toEqual(JSON.parse(text));
});

it.each([
  "",
  " ",
  "{",
  "{'a':1}",
  '{"a":1,}',
  "[1,]",
  "{a:1}",
  '{"a":1}{"b":2}',
  "01",
  "+1",
  ".5",
  "NaN",
  "Infinity",
  "undefined",
  "// comment\n1",
  '"\t"',
  '"\\x41"',
  "\u00a0{}",
  "\ufeff{}",
  "nul",
])("%j is malformed", (text) => {
  expect(() => parse(text)).toThrow(malformed);
});

it.each([
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"b":{"x":1,"x":1}}',
  '[{"a":[],"a":[]}]',
  '{"__proto__":1,"__proto__":2}',
  '{"":1,"" :2}',
  '{"a\\"":1,"a\\"":2}',
])("%s has a member name twice", (text) => {
  expect(() => parse(text)).toThrow(malformed);
});

it("32 levels are read and 33 are not", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(parse(nested(32))).toEqual(JSON.parse(nested(32)));
  expect(() => parse(nested(33))).toThrow(malformed);
  expect(() => parse(nested(30_000))).toThrow(malformed);
  expect(() => parse(`${'{"a":'.repeat(33)}1${"}".repeat(33)}`)).toThrow(malformed);
});

it.each([
  ["a lone continuation byte", [0x22, 0x80, 0x22]],
  ["an overlong form", [0x22, 0xc0, 0xaf, 0x22]],
  ["a surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ["a code point beyond Unicode", [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
  ["a character cut short", [0x22, 0xe2, 0x82, 0x22]],
  ["UTF-16", [0xff, 0xfe, 0x31, 0x00]],
])("%s is not UTF-8", (_what, bytes) => {
  expect(() => parseStrictJson(Uint8Array.from(bytes))).toThrow(malformed);
});

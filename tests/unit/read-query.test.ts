import { expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { readQuery, refuseQuery } from "@/lib/http/read-query";

const schema = z.strictObject({
  name: z.string().max(3, "is too long").exactOptional(),
  size: z.enum(["s", "l"], "must be s or l").default("s"),
});

function request(query: string): Request {
  return new Request(`http://localhost:3000/api${query}`);
}

function errorsOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    return error instanceof AppError && error.code === "invalid_input" ? error.errors : error;
  }
  return "nothing was refused";
}

it.each([
  ["", { size: "s" }],
  ["?", { size: "s" }],
  ["?name=", { name: "", size: "s" }],
  ["?name=%C3%A4+b&size=l", { name: "ä b", size: "l" }],
])("the query %j is read", (query, expected) => {
  expect(readQuery(request(query), schema)).toEqual(expected);
});

it("every wrong, unknown and repeated parameter is named once", () => {
  const query = "?name=long&size=m&other=1&name=x&name=y&__proto__=1";
  expect(errorsOf(() => readQuery(request(query), schema))).toEqual([
    { pointer: "?size", detail: "must be s or l" },
    { pointer: "?other", detail: "is not a member of this request" },
    { pointer: "?__proto__", detail: "is not a member of this request" },
    { pointer: "?name", detail: "may stand once only" },
  ]);
});

it("a repeated parameter is refused even when both values are good", () => {
  expect(errorsOf(() => readQuery(request("?size=s&size=s"), schema))).toEqual([
    { pointer: "?size", detail: "may stand once only" },
  ]);
});

it("where no query is offered, any is refused", () => {
  expect(errorsOf(() => refuseQuery(request("?a=1&b=2")))).toEqual([
    { pointer: "?a", detail: "is not a member of this request" },
    { pointer: "?b", detail: "is not a member of this request" },
  ]);
  expect(() => refuseQuery(request("?"))).not.toThrow();
});

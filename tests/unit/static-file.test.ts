import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { screenStaticFile } from "@/lib/server/static-file";

const size = 100;
const directory = mkdtempSync(join(tmpdir(), "evo-static-"));
const seed = process.env.TEST_SEED === undefined ? {} : { seed: Number(process.env.TEST_SEED) };
let screen: typeof screenStaticFile;

beforeAll(async () => {
  mkdirSync(join(directory, "public", "folder"), { recursive: true });
  writeFileSync(join(directory, "public", "file.txt"), "x".repeat(size));
  writeFileSync(join(directory, "public", "gone.txt"), "x");
  vi.spyOn(process, "cwd").mockReturnValue(directory);
  vi.resetModules();
  screen = (await import("@/lib/server/static-file")).screenStaticFile;
});

afterAll(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true, force: true });
});

const number = fc.oneof(fc.nat({ max: 2 * size }), fc.bigInt({ min: 0n })).map(String);
const spec = fc
  .tuple(fc.option(number, { nil: "" }), fc.option(number, { nil: "" }))
  .map((ends) => ends.join("-"));
const range = fc.oneof(
  fc.array(spec, { maxLength: 3 }).map((specs) => `bytes=${specs.join(",")}`),
  fc.string({ unit: fc.constantFrom(..."bytes=0123456789-, x\t") }),
  fc.string(),
);

it("whatever range is asked for, Next is asked for one that the file has, or for all of it", () => {
  fc.assert(
    fc.property(range, (text) => {
      const request = get({ range: text });
      const refusal = screen(request, "/file.txt");
      const { range: passedOn = "bytes=0-99" } = request.headers;
      if (refusal) {
        expect(refusal).toMatchObject({ status: 416, headers: { "Content-Range": "bytes */100" } });
        return;
      }
      const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(passedOn) ?? [];
      expect(Number(first)).toBeLessThanOrEqual(Number(last));
      expect(Number(last)).toBeLessThan(size);
    }),
    { numRuns: 2_000, ...seed },
  );
});

it("a range that the file has reaches Next, cut at the end of the file", () => {
  const ends = fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size }));
  fc.assert(
    fc.property(ends, ([first, more]) => {
      const last = Math.min(first + more, size - 1);
      expect(asked(`bytes=${first}-${first + more}`)).toBe(`bytes=${first}-${last}`);
      expect(asked(`bytes=${first}-`)).toBe(`bytes=${first}-99`);
      expect(asked(`bytes=-${first + 1}`)).toBe(`bytes=${size - first - 1}-99`);
    }),
    seed,
  );
});

it("whatever the conditions say, Next is left with those alone that it answers well", () => {
  const value = fc.oneof(fc.string(), fc.constantFrom("*", '"x"', "Thu, 01 Jan 1970 00:00:00 GMT"));
  const names = fc.constantFrom("if-match", "if-unmodified-since", "if-range", "range", "accept");
  fc.assert(
    fc.property(fc.dictionary(names, value), (headers) => {
      const request = get(headers);
      const refusal = screen(request, "/file.txt");
      if (refusal) {
        expect(refusal).toHaveProperty("status", expect.toBeOneOf([412, 416]));
      } else {
        expect(Object.keys(request.headers)).not.toContain("if-match");
        expect(Object.keys(request.headers)).not.toContain("if-unmodified-since");
        expect(Object.keys(request.headers)).not.toContain("if-range");
      }
    }),
    { numRuns: 1_000, ...seed },
  );
});

it("a file that is gone is a 404, and what was not a file is left to Next", () => {
  expect(screen(get({}), "/gone.txt")).toBeNull();
  rmSync(join(directory, "public", "gone.txt"));
  expect(screen(get({}), "/gone.txt")).toMatchObject({ status: 404 });
  expect(screen(get({ "if-match": '"x"' }), "/tasks")).toBeNull();
  expect(screen(get({}), "/folder")).toBeNull();
});

/** The range that Next is asked for when a client asks for this one. */
function asked(text: string): string | undefined {
  const request = get({ range: text });
  expect(screen(request, "/file.txt")).toBeNull();
  return request.headers.range;
}

function get(headers: Record<string, string>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = "GET";
  Object.assign(request.headers, headers);
  return request;
}

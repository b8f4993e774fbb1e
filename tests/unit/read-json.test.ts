import { expect, it } from "vitest";
import { readJson, readOptionalJson } from "@/lib/http/read-json";

function request(body: BodyInit | null, headers: Record<string, string> = {}, method = "POST") {
  const all = { "Content-Type": "application/json", ...headers };
  const streaming = body instanceof ReadableStream ? { duplex: "half" } : {};
  return new Request("http://localhost:3000/", { method, body, headers: all, ...streaming });
}

function refusal(code: string) {
  return expect.objectContaining({ code });
}

it.each([
  "application/json",
  "APPLICATION/JSON",
  "application/json;charset=utf-8",
  'application/json ; charset="UTF-8"',
  "application/json; profile=x",
])("a body of %s is read", async (type) => {
  expect(await readJson(request('{"a":1}', { "Content-Type": type }))).toEqual({ a: 1 });
});

it.each([
  { "Content-Type": "" },
  { "Content-Type": "text/plain" },
  { "Content-Type": "text/json" },
  { "Content-Type": "application/jsonx" },
  { "Content-Type": "application/problem+json" },
  { "Content-Type": "application/merge-patch+json" },
  { "Content-Type": "application/x-www-form-urlencoded" },
  { "Content-Type": "application/json; charset=utf-16" },
  { "Content-Type": "application/json; charset=iso-8859-1" },
  { "Content-Type": "text/plain, application/json" },
  { "Content-Encoding": "gzip" },
  { "Content-Encoding": "identity, br" },
])("a body with %o is unsupported", async (headers) => {
  await expect(readJson(request("{}", { ...headers }))).rejects.toThrow(
    refusal("unsupported_media_type"),
  );
});

it("a merge patch is read from a PATCH", async () => {
  const headers = { "Content-Type": "application/merge-patch+json" };
  expect(await readJson(request('{"a":null}', headers, "PATCH"))).toEqual({ a: null });
});

it("a body of 64 KiB is read and one more byte is too large, announced or not", async () => {
  const fitting = JSON.stringify("x".repeat(65_534));
  const tooLong = `${fitting} `;
  expect(await readJson(request(fitting))).toHaveLength(65_534);
  const announced = request("{}", { "Content-Length": "65537" });
  for (const large of [request(tooLong), request(new Blob([tooLong]).stream()), announced]) {
    await expect(readJson(large)).rejects.toThrow(refusal("payload_too_large"));
  }
});

it("an endless body is given up as soon as it is too large", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1_024;
      controller.enqueue(new Uint8Array(1_024).fill(0x20));
    },
  });
  await expect(readJson(request(endless))).rejects.toThrow(refusal("payload_too_large"));
  expect(sent).toBeLessThan(131_072);
});

it("no body is malformed where one is needed and nothing where it is optional", async () => {
  await expect(readJson(request(null))).rejects.toThrow(refusal("malformed_json"));
  expect(await readOptionalJson(request(null))).toBeUndefined();
  expect(await readOptionalJson(request("", { "Content-Type": "text/plain" }))).toBeUndefined();
});

it("an optional body is read as strictly as any", async () => {
  expect(await readOptionalJson(request("null"))).toBeNull();
  await expect(readOptionalJson(request(" "))).rejects.toThrow(refusal("malformed_json"));
  await expect(readOptionalJson(request("{}", { "Content-Type": "text/plain" }))).rejects.toThrow(
    refusal("unsupported_media_type"),
  );
});

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { rawRequest } from "./support/raw-request";

const paths404 = [
  "/api/tasks/",
  "/api/",
  "/API/tasks",
  "/%61pi/tasks",
  "//api/tasks",
  "/api//tasks",
  "/api/tasks/../health/live",
  "/api/tasks/%2e%2e/health/live",
  "/api/tasks/%2E/x",
  "/api\\tasks",
  "/api/tasks/%ff",
  "/api/tasks/%zz",
  "/api/tasks/%00",
  "/api/%c0%af",
];

for (const path of paths404) {
  test(`${path} is a 404 problem`, async ({ baseURL }) => {
    const answer = await send(baseURL, `GET ${path}`);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).toMatch(/x-request-id: \S+/i);
    expect(answer).toMatch(/cache-control: no-store/i);
    expect(answer).toContain('"code":"not_found"');
  });
}

for (const path of ["/%ff", "/tasks/%zz", "/%00", "/\\evil.example", "//evil.example"]) {
  test(`${path} is a plain 404`, async ({ baseURL }) => {
    const answer = await send(baseURL, `GET ${path}`);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toMatch(/content-type: text\/plain/i);
  });
}

for (const path of [
  "/_global-error",
  "/_error",
  "/_next/image?url=%2Ficon-192.png&w=64&q=75",
  "/_next/data/x.json",
  "/_next/static/",
  "/_next/static/chunks/gone.js",
]) {
  test(`${path}, which Next keeps for itself or has no more, is a plain 404 that is not kept`, async ({
    baseURL,
  }) => {
    const answer = await send(baseURL, `GET ${path}`);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toMatch(/^cache-control: no-store\r$/im);
    expect(answer).toMatch(/^x-request-id: \S+\r$/im);
  });
}

for (const folder of ["public", join(".next", "static", "chunks")]) {
  test(`a file of ${folder} keeps conditions and ranges as HTTP says`, async ({ baseURL }) => {
    const { path, file } = staticFile(folder);
    for (const [headers, status, range, length] of conditionsOf(file)) {
      const answer = await send(baseURL, `GET ${path}`, undefined, headers);
      const [head = "", ...body] = answer.split("\r\n\r\n");
      const what = headers.join(", ");
      expect(head, what).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(/^content-range: (.*)$/im.exec(head)?.[1], what).toBe(range);
      expect(head, what).toMatch(/^x-content-type-options: nosniff$/im);
      if (length !== undefined) {
        expect(head, what).not.toMatch(/^content-encoding:/im);
        expect(/^content-length: (\d+)$/im.exec(head)?.[1], what).toBe(String(length));
        expect(body.join("").length, what).toBeGreaterThan(0);
      }
    }
  });

  test(`a file of ${folder} takes no other method, and a HEAD has no range`, async ({
    baseURL,
  }) => {
    const { path } = staticFile(folder);
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]) {
      expect(await send(baseURL, `${method} ${path}`), method).toMatch(/^HTTP\/1.1 405 /);
    }
    const head = await send(baseURL, `HEAD ${path}`, undefined, ["Range: bytes=99999999-"]);
    expect(head).toMatch(/^HTTP\/1.1 200 /);
  });
}

for (const method of ["TRACE", "PROPFIND"]) {
  test(`${method} is a 405 with the Allow of its path`, async ({ baseURL }) => {
    const api = await send(baseURL, `${method} /api/tasks`);
    expect(api).toMatch(/^HTTP\/1.1 405 /);
    expect(api).toMatch(/allow: GET, HEAD, POST, OPTIONS\r\n/i);
    expect(api).toContain('"code":"method_not_allowed"');
    expect(await send(baseURL, `${method} /api/nothing`)).toMatch(/^HTTP\/1.1 404 /);
    const page = await send(baseURL, `${method} /`);
    expect(page).toMatch(/^HTTP\/1.1 405 /);
    expect(page).toMatch(/allow: GET, HEAD\r\n/i);
  });
}

for (const header of ["RSC: 1", "Next-Action: x", "X-Middleware-Prefetch: 1", "X-Nextjs-Data: 1"]) {
  test(`the API answers with ${header} as without`, async ({ baseURL }) => {
    const answer = await rawRequest(
      baseURL ?? "",
      `GET /api/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${header}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toContain('{"status":"ok"}');
  });
}

for (const name of ["__proto__", "nxtPid", "nxtIid"]) {
  test(`the parameter ${name} is refused`, async ({ baseURL }) => {
    const answer = await send(baseURL, `GET /api/tasks?${name}=1`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain(`"pointer":"?${name}"`);
  });
}

test("headers that are too large are a 431 problem", async ({ baseURL }) => {
  const answer = await send(baseURL, `GET /?${"a".repeat(20_000)}`);
  expect(answer).toMatch(/^HTTP\/1.1 431 /);
  expect(answer).toMatch(/x-request-id: \S+/i);
  expect(answer).toContain('"code":"invalid_request"');
});

test("a page says its request id once, and no HSTS over plain http", async ({ baseURL }) => {
  const answer = await send(baseURL, "GET /sign-in");
  expect(answer.match(/^x-request-id: \S+\r$/gim)).toHaveLength(1);
  expect(answer).not.toMatch(/^strict-transport-security/im);
});

test("a page asked for under another host says which variable to set", async ({ baseURL }) => {
  const answer = await send(baseURL, "GET /", "evil.example");
  expect(answer).toMatch(/^HTTP\/1.1 421 /);
  expect(answer).toContain("BETTER_AUTH_URL");
});

test("the auth routes refuse another host, the API and the health checks answer it", async ({
  baseURL,
}) => {
  expect(await send(baseURL, "GET /api/auth/get-session", "evil.example")).toContain(
    "BETTER_AUTH_URL",
  );
  expect(await send(baseURL, "GET /api/health/live", "evil.example")).toMatch(/^HTTP\/1.1 200 /);
  expect(await send(baseURL, "GET /api/tasks", "evil.example")).toMatch(/^HTTP\/1.1 401 /);
});

test("the names of the machine itself are one host", async ({ baseURL }) => {
  const { port } = new URL(baseURL ?? "");
  expect(await send(baseURL, "GET /sign-in", `127.0.0.1:${port}`)).toMatch(/^HTTP\/1.1 200 /);
  expect(await send(baseURL, "GET /sign-in", `[::1]:${port}`)).toMatch(/^HTTP\/1.1 200 /);
});

test("an offer to upgrade is ignored and the request answered", async ({ baseURL }) => {
  const answer = await rawRequest(
    baseURL ?? "",
    "GET /api/health/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
});

test("two Authorization headers are not one good credential", async ({ baseURL }) => {
  const answer = await rawRequest(
    baseURL ?? "",
    "GET /api/tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1.1 40[01] /);
  expect(answer).toMatch(/error="invalid_(request|token)"/);
});

test("slow headers are closed after 15 s, a slow body after 30 s", async ({ baseURL }) => {
  const { host } = new URL(baseURL ?? "");
  const startedAt = Date.now();
  const secondsTaken = async (text: string) => {
    expect(await rawRequest(baseURL ?? "", text)).toMatch(
      /^HTTP\/1.1 408 .*"code":"invalid_request"/s,
    );
    return (Date.now() - startedAt) / 1_000;
  };
  const [headers, body] = await Promise.all([
    secondsTaken("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "),
    secondsTaken(
      `POST /api/auth/sign-in/email HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{`,
    ),
  ]);
  expect(headers).toBeGreaterThan(14);
  expect(headers).toBeLessThan(20);
  expect(body).toBeGreaterThan(29);
  expect(body).toBeLessThan(35);
});

/** A file of the build that is big enough to have ranges. */
function staticFile(folder: string): { path: string; file: string } {
  const built = join(".next", "standalone", folder);
  const name = readdirSync(built).find((other) => statSync(join(built, other)).size > 100) ?? "";
  const path = join("/", folder, name).replace("/public", "").replace(".next", "_next");
  return { path, file: join(built, name) };
}

type Condition = [headers: string[], status: number, range?: string, length?: number];

/** Requests for a file by the headers that make them conditional, and what HTTP says to them. */
function conditionsOf(file: string): Condition[] {
  const { size, mtime } = statSync(file);
  const past = "Thu, 01 Jan 1970 00:00:00 GMT";
  const future = "Tue, 01 Jan 2999 00:00:00 GMT";
  const modified = mtime.toUTCString();
  return [
    [[], 200],
    [["Range: bytes=0-9"], 206, `bytes 0-9/${size}`, 10],
    [["Range: BYTES=5-"], 206, `bytes 5-${size - 1}/${size}`, size - 5],
    [["Range: bytes=-3"], 206, `bytes ${size - 3}-${size - 1}/${size}`, 3],
    [["Range: bytes=-99999999"], 206, `bytes 0-${size - 1}/${size}`, size],
    [["Range: bytes=0-99999999"], 206, `bytes 0-${size - 1}/${size}`, size],
    [["Range: bytes=0-9", "Accept-Encoding: gzip"], 206, `bytes 0-9/${size}`, 10],
    [["Range: bytes=0-1,4-5"], 200],
    [["Range: bytes=9-5"], 200],
    [["Range: bytes=x"], 200],
    [["Range: lines=1-2"], 200],
    [[`Range: bytes=${size}-`], 416, `bytes */${size}`],
    [["Range: bytes=99999999-"], 416, `bytes */${size}`],
    [["Range: bytes=-0"], 416, `bytes */${size}`],
    [["Range: bytes=99999999-,99999999-"], 416, `bytes */${size}`],
    [["Range: bytes=0-9", `If-Range: ${modified}`], 206, `bytes 0-9/${size}`, 10],
    [["Range: bytes=0-9", `If-Range: ${past}`], 200],
    [["Range: bytes=99999999-", `If-Range: ${past}`], 200],
    [["Range: bytes=0-9", 'If-Range: "x"'], 200],
    [['If-Match: "x"'], 412],
    [['If-Match: "x"', "If-None-Match: *"], 412],
    [['If-Match: "x"', `If-Unmodified-Since: ${future}`], 412],
    [["If-Match: *"], 200],
    [["If-Match: *", `If-Unmodified-Since: ${past}`], 200],
    [[`If-Unmodified-Since: ${past}`], 412],
    [[`If-Unmodified-Since: ${modified}`], 200],
    [["If-Unmodified-Since: never"], 200],
    [["If-None-Match: *"], 304],
    [["If-None-Match: *", "Range: bytes=99999999-"], 304],
    [[`If-Modified-Since: ${modified}`], 304],
    [[`If-Modified-Since: ${past}`], 200],
  ];
}

function send(
  baseURL: string | undefined,
  start: string,
  host?: string,
  headers: string[] = [],
): Promise<string> {
  const url = baseURL ?? "";
  const lines = [`Host: ${host ?? new URL(url).host}`, "Connection: close", ...headers];
  return rawRequest(url, `${start} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
}

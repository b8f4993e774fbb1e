import { once } from "node:events";
import { createServer, Server } from "node:http";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { rawRequest } from "../e2e/support/raw-request";

const hsts = /^strict-transport-security: max-age=63072000; includeSubDomains\r$/gim;
const { emit } = Server.prototype;
const server = createServer((request, response) => {
  if (request.url === "/begun") {
    response.write("begun");
    return;
  }
  response.end(JSON.stringify({ reached: request.headers }));
});
const info = vi.fn();
let url = "";

beforeAll(async () => {
  vi.stubEnv("BETTER_AUTH_URL", "https://todo.example");
  vi.resetModules();
  const { log } = await import("@/lib/log");
  vi.spyOn(log, "info").mockImplementation(info);
  const { screenHttpRequests } = await import("@/lib/server/http-server");
  screenHttpRequests();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterAll(() => {
  server.close();
  Server.prototype.emit = emit;
});

function send(start: string, host = "todo.example", headers: string[] = []): Promise<string> {
  const lines = [`${start} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers];
  return rawRequest(url, `${lines.join("\r\n")}\r\n\r\n`);
}

it.each([
  "RSC: 1",
  "Next-Router-State-Tree: x",
  "Next-Router-Prefetch: 1",
  "Next-Router-Segment-Prefetch: /",
  "Next-Url: /",
  "Next-Action: x",
  "X-Middleware-Subrequest: x",
  "X-Nextjs-Data: 1",
])("Next sees %s of a page, and not of the API", async (header) => {
  const name = header.split(":", 1)[0]?.toLowerCase();
  expect(await send("GET /api/tasks", undefined, [header])).not.toContain(`"${name}"`);
  expect(await send("GET /tasks", undefined, [header])).toContain(`"${name}"`);
});

it.each(["/", "/api/tasks", "/api/nothing/", "/_next/static/x.js", "/%ff"])(
  "%s asks for https, once",
  async (path) => {
    expect((await send(`GET ${path}`)).match(hsts)).toHaveLength(1);
  },
);

it.each([
  ["__proto__=1", "__proto__"],
  ["status=open&%6extPid=1", "nxtPid"],
  ["nxtIid=1&nxtIid=2", "nxtIid"],
  ["nextInternalLocale=1", "nextInternalLocale"],
])("the parameter that Next would keep in ?%s is refused", async (query, name) => {
  const answer = await send(`GET /api/tasks?${query}`);
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect(answer).toContain('"code":"invalid_input"');
  expect(answer).toContain(
    `"errors":[{"pointer":"?${name}","detail":"is not a member of this request"}]`,
  );
});

it("a health check takes them, as it takes any", async () => {
  expect(await send("GET /api/health/live?nxtPid=1&__proto__=1")).toContain('"reached"');
});

it("other parameters are for the route to judge", async () => {
  const answer = await send("GET /api/tasks?search=nxtPid&nx=1#?nxtPid=1");
  expect(answer).toContain('"reached"');
});

it.each(["todo.example", "TODO.example", "todo.example:443"])("%s is the site", async (host) => {
  expect(await send("GET /", host)).toMatch(/^HTTP\/1.1 200 /);
});

it.each(["todo.example:80", "todo.example/x", "x@todo.example", "todo.example?", "other.example"])(
  "%s is not the site",
  async (host) => {
    expect(await send("GET /", host)).toMatch(/^HTTP\/1.1 421 /);
  },
);

it("a page has its request id on the answer and in the log, the client's own where it has one", async () => {
  const own = await send("GET /tasks", undefined, ["X-Request-Id: mine"]);
  expect(own).toMatch(/^x-request-id: mine\r$/im);
  const given = /^x-request-id: (\S+)\r$/im.exec(await send("GET /tasks"))?.[1];
  const wrong = await send("GET /tasks", undefined, ["X-Request-Id: a b"]);
  expect(wrong).not.toContain("a b\r\n");
  await vi.waitFor(() => {
    for (const requestId of ["mine", given]) {
      expect(info).toHaveBeenCalledWith(
        expect.objectContaining({ requestId, route: "/tasks", status: 200 }),
        "page",
      );
    }
  });
});

it("a refused request has its time in the log", async () => {
  await send("GET /api/refused/", undefined, ["X-Request-Id: refused"]);
  expect(info).toHaveBeenCalledWith(
    {
      requestId: "refused",
      method: "GET",
      route: "/api/*",
      status: 404,
      code: "not_found",
      milliseconds: expect.any(Number),
    },
    "request",
  );
});

it.each([
  ["431", `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`],
  ["400", "no request at all\r\n\r\n"],
  ["400", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
])("what is no request is a %s problem", async (status, text) => {
  const answer = await rawRequest(url, text);
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/^content-type: application\/problem\+json\r$/im);
  expect(head).toMatch(/^connection: close\r$/im);
  expect(head).toMatch(/^cache-control: no-store\r$/im);
  expect(head).toMatch(/^x-content-type-options: nosniff\r$/im);
  expect(`${head}\r\n`.match(hsts)).toHaveLength(1);
  const requestId = /^x-request-id: (\S+)\r$/im.exec(head)?.[1];
  expect(JSON.parse(body)).toMatchObject({
    status: Number(status),
    code: "invalid_request",
    requestId,
  });
});

it("an answer that has begun is not cut into", async () => {
  const answer = await rawRequest(
    url,
    "GET /begun HTTP/1.1\r\nHost: todo.example\r\n\r\nno request at all\r\n\r\n",
  );
  expect(answer).not.toContain("400 Bad Request");
});

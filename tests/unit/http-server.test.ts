import { once } from "node:events";
import http, { Server } from "node:http";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { limitHttpServers } from "@/lib/start/http-limits.mjs";
import { rawRequest } from "../e2e/support/raw-request";

const hsts = /^strict-transport-security: max-age=63072000; includeSubDomains\r$/gim;
const { emit } = Server.prototype;
const { createServer } = http;
limitHttpServers();
const server = http.createServer((request, response) => {
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
  Object.assign(http, { createServer });
  Server.prototype.emit = emit;
});

function send(start: string, host = "todo.example", headers: string[] = []): Promise<string> {
  const lines = [`${start} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers];
  return rawRequest(url, `${lines.join("\r\n")}\r\n\r\n`);
}

it.each([
  "RSC: 1",
  "Next-Router-State-Tree: [%22%22,{}]",
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

it.each(["todo.example:80", "todo.example.", "", "[::1]", "other.example"])(
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
])("what is not a request is answered with a %s problem", async (status, text) => {
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

const heads: [what: string, version: string, headers: string[], status: number][] = [
  ["no Host", "1.1", [], 400],
  ["two Hosts", "1.1", ["Host: todo.example", "Host: evil.example"], 400],
  ["one Host twice", "1.1", ["Host: todo.example", "HOST: todo.example"], 400],
  ["two Hosts in HTTP/1.0", "1.0", ["Host: todo.example", "Host: evil.example"], 400],
  ["a path in its Host", "1.1", ["Host: todo.example/x"], 400],
  ["a user in its Host", "1.1", ["Host: x@todo.example"], 400],
  ["a query in its Host", "1.1", ["Host: todo.example?"], 400],
  ["two names in its Host", "1.1", ["Host: todo.example evil.example"], 400],
  ["an unknown Expect", "1.1", ["Host: todo.example", "Expect: tea"], 417],
  ["one Expect too many", "1.1", ["Host: todo.example", "Expect: 100-continue, tea"], 417],
];

for (const [what, version, headers, status] of heads) {
  it(`a request with ${what} is refused in the form of its address`, async () => {
    const sendTo = (path: string) => {
      const lines = [`POST ${path} HTTP/${version}`, "Connection: close", "X-Request-Id: head"];
      return rawRequest(url, `${[...lines, ...headers].join("\r\n")}\r\n\r\n`);
    };
    const [api = "", page = ""] = await Promise.all(["/api/tasks", "/tasks"].map(sendTo));
    const problem = JSON.parse(api.slice(api.lastIndexOf("{")));
    expect(problem).toMatchObject({ status, code: "invalid_request", requestId: "head" });
    expect(api).toMatch(/^content-type: application\/problem\+json\r$/im);
    expect(page).toMatch(/^content-type: text\/plain; charset=utf-8\r$/im);
    for (const answer of [api, page]) {
      expect(answer).toMatch(new RegExp(`^(HTTP/1.1 100 Continue\r\n\r\n)?HTTP/1.1 ${status} `));
      expect(answer.match(/^x-request-id: head\r$/gim)).toHaveLength(1);
      expect(answer.match(/^x-content-type-options: nosniff\r$/gim)).toHaveLength(1);
      expect(answer.match(hsts)).toHaveLength(1);
    }
    for (const route of ["/api/tasks", "/tasks"]) {
      expect(info).toHaveBeenCalledWith(
        expect.objectContaining({ requestId: "head", route, status }),
        "request",
      );
    }
  });
}

it.each([
  ["an older client without a Host", "GET /api/tasks HTTP/1.0\r\n"],
  ["an expectation that HTTP/1.0 does not know", "GET /api/tasks HTTP/1.0\r\nExpect: tea\r\n"],
  ["an empty Host", "GET /api/tasks HTTP/1.1\r\nHost:\r\n"],
  ["100-continue", "GET /api/tasks HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\n"],
  [
    "an offer to upgrade",
    "GET /api/tasks HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: upgrade\r\n",
  ],
])("%s is served by the API", async (_what, head) => {
  expect(await rawRequest(url, `${head}Connection: close\r\n\r\n`)).toContain('"reached"');
});

it("the host of an absolute target counts, and not the one beside it", async () => {
  expect(await send("GET http://todo.example/tasks", "evil.example")).toContain(
    '"host":"todo.example"',
  );
  expect(await send("GET http://evil.example/tasks", "todo.example")).toMatch(/^HTTP\/1.1 421 /);
});

it.each(["/_global-error", "/_GLOBAL-ERROR", "/%5fglobal-error", "/_not-found", "/_error"])(
  "%s, of Next itself, is not shown to others",
  async (path) => {
    expect(await send(`GET ${path}`)).toMatch(/^HTTP\/1.1 404 /);
  },
);

it.each(["x", "%5B%5D", "%22", "[1]", "%ff"])(
  "a state of the router that is %s does not reach Next",
  async (state) => {
    const answer = await send("GET /tasks", undefined, [
      "RSC: 1",
      `Next-Router-State-Tree: ${state}`,
    ]);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  },
);

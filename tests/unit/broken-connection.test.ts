import { once } from "node:events";
import { createServer, type IncomingMessage, Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { screenHttpRequests } from "@/lib/server/http-server";
import { keepLogLines, type LogLines } from "@/tests/support/log-lines";

const { emit } = Server.prototype;
// A stalled machine must not take bytes that are wrong for bytes that do not come.
const options = { headersTimeout: 1_000, requestTimeout: 1_000, connectionsCheckingInterval: 20 };
const server = createServer(options, serve).on("connect", () =>
  expect.unreachable("the screen answers a CONNECT itself"),
);
const answerOfTask =
  /^HTTP\/1\.1 201 Created\r\n.*?\r\n\r\n7\r\nstored \r\n1\r\n(\d)\r\n0\r\n\r\n/s;

let lines: LogLines;
let port = 0;
let stored: string[] = [];

/** Stores a task once its request is whole, and answers in parts when all the client sends is there. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === "/api/refused-early") {
    response.writeHead(413).end("too large");
    return;
  }
  request.resume().once("end", async () => {
    const task = request.url?.at(-1) ?? "";
    stored.push(task);
    const bytes = Number(request.headers["x-bytes-in-all"]);
    await vi.waitFor(() => expect(request.socket.bytesRead).toBeGreaterThanOrEqual(bytes));
    response.writeHead(201).write("stored ");
    setImmediate(() => response.end(task));
  });
}

beforeAll(async () => {
  lines = keepLogLines();
  screenHttpRequests();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" ? (address?.port ?? 0) : 0;
});

beforeEach(() => {
  stored = [];
});

afterAll(() => {
  server.close();
  Server.prototype.emit = emit;
});

const broken: [what: string, bytes: string, status: number][] = [
  ["bytes that are not a request", "no request at all\r\n\r\n", 400],
  ["a method that there is not", "BREW /api/tasks HTTP/1.1\r\nHost: localhost:3000\r\n\r\n", 400],
  ["another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  ["a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400],
  ["a folded header", "GET / HTTP/1.1\r\nHost: localhost:3000\r\n x\r\n\r\n", 400],
  ["headers that are too large", `GET / HTTP/1.1\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`, 431],
  ["two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
  [
    "a length beside an encoding",
    "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    400,
  ],
  [
    "a body in chunks that are none",
    "POST /api/tasks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n",
    400,
  ],
  [
    "a body that does not come",
    "POST /api/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
    408,
  ],
  ["headers that do not end", "GET / HTTP/1.1\r\nHost: x\r\n", 408],
  ["a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n", 405],
];

for (const [what, bytes, status] of broken) {
  it.each([0, 1, 3])(
    `${what}: %i answers in flight are finished, then comes a ${status}`,
    async (count) => {
      const answers = await answersTo(posts(count, bytes));
      const rest = expectTasks(answers, count);
      expect(rest).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(rest.match(/HTTP\/1\.1/g)).toHaveLength(1);
      expect(rest).toMatch(/^content-type: application\/problem\+json\r$/im);
      expect(rest).toMatch(/^x-content-type-options: nosniff\r$/im);
      expect(rest).toMatch(/^connection: close\r$/im);
      const requestId = /^x-request-id: (\S+)\r$/im.exec(rest)?.[1];
      expect(rest).toContain(`"requestId":"${requestId}"`);
      expect(lines.named("request")).toContainEqual(expect.objectContaining({ requestId, status }));
    },
  );
}

it("a client that says it is done in the middle of a request gets the answers before it", async () => {
  const text = posts(2, "GET / HTT");
  const rest = expectTasks(await answersTo(text, { isDone: true }), 2);
  expect(rest).toMatch(/^HTTP\/1\.1 400 /);
});

it("after an answer that closes the connection comes nothing", async () => {
  const text = posts(1, "no request at all\r\n\r\n", "Connection: close\r\n");
  expect(expectTasks(await answersTo(text), 1)).toBe("");
});

it("a request that has its answer gets no second one for its broken body", async () => {
  const head =
    "POST /api/refused-early HTTP/1.1\r\nHost: localhost:3000\r\nTransfer-Encoding: chunked";
  const answer = await answersTo(`${head}\r\n\r\n5\r\nabcde\r\nno chunk\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

it("what follows bytes that are not a request is not served", async () => {
  const late = "POST /api/tasks/9 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
  expectTasks(await answersTo(posts(1, `no request at all\r\n\r\n${late}`)), 1);
  expect(stored).toEqual(["1"]);
});

it("a client that still sends when its connection ends loses no answer", async () => {
  const rest = expectTasks(await answersTo(posts(2, "no request\r\n".repeat(100_000))), 2);
  expect(rest).toMatch(/^HTTP\/1\.1 400 /);
});

/** So many whole requests that make a task, and then other bytes, in one piece. */
function posts(count: number, bytes: string, headers = ""): string {
  const post = (task: number, total: number) =>
    `POST /api/tasks/${task} HTTP/1.1\r\nHost: localhost:3000\r\nContent-Length: 2\r\n${headers}X-Bytes-In-All: ${String(total).padStart(9, "0")}\r\n\r\n{}`;
  const total = count * post(1, 0).length + bytes.length;
  return Array.from({ length: count }, (_, index) => post(index + 1, total)).join("") + bytes;
}

/** Expects the answers of the tasks, whole and in their order, and returns what came after them. */
function expectTasks(answers: string, count: number): string {
  let rest = answers;
  for (let task = 1; task <= count; task += 1) {
    expect(answerOfTask.exec(rest)?.[1]).toBe(String(task));
    rest = rest.replace(answerOfTask, "");
  }
  expect(stored).toHaveLength(count);
  return rest;
}

/** All that the server answers until the connection is closed. */
function answersTo(text: string, { isDone = false } = {}): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let answers = "";
    socket.on("data", (chunk) => {
      answers += chunk;
    });
    socket.once("end", () => socket.end());
    socket.once("error", fail);
    socket.once("close", () => done(answers));
    if (isDone) {
      socket.end(text);
    } else {
      socket.write(text);
    }
  });
}

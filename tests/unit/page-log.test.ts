import { once } from "node:events";
import { createServer, Server } from "node:http";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { notePageUser } from "@/lib/auth/page-context";
import { screenHttpRequests } from "@/lib/server/http-server";
import { reportRequestError } from "@/lib/server/request-error";
import { rawRequest } from "@/tests/e2e/support/raw-request";
import { keepLogLines, type LogLines } from "@/tests/support/log-lines";

const canary = "evo_canary-8f2b61c0";

const { emit } = Server.prototype;

/** Serves what a page would: one knows its reader, one fails. */
const server = createServer((request, response) => {
  if (request.url?.startsWith("/tasks")) {
    notePageUser("user-of-the-page");
  }
  if (request.url?.startsWith("/docs")) {
    reportRequestError(new Error("The page is broken."), "/docs");
    response.statusCode = 500;
  }
  response.end();
});

let lines: LogLines;
let url: string;

beforeAll(async () => {
  lines = keepLogLines();
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

it.each([
  [`/reset-password?token=${canary}`, "/reset-password"],
  [`/verify-email?token=${canary}&x=1`, "/verify-email"],
  [`/confirm-email-change?token=${canary}`, "/confirm-email-change"],
  [`/sign-in?next=%2Fverify-email%3Ftoken%3D${canary}`, "/sign-in"],
  [`/device?user_code=${canary}`, "/device"],
  [`/docs?token=${canary}`, "/docs"],
  [`/reset-password/${canary}`, "/*"],
  [`/settings/${canary}`, "/*"],
  [`/${canary}/`, "/*"],
  [`/${canary}#${canary}`, "/*"],
  [`/${canary}%00`, "/*"],
  [`http://localhost:3000/verify-email?token=${canary}`, "/verify-email"],
  [`/api/tasks/${canary}/`, "/api/*"],
  [`/api/tasks/%00${canary}`, "/api/tasks/{id}"],
  [`/api/${canary}/%ff`, "/api/*"],
  [`/api/tasks?nxtP${canary}=1`, "/api/tasks"],
])("%s is written down as %s, whatever becomes of it", async (target, route) => {
  const requestId = crypto.randomUUID();
  await send("GET", target, requestId);
  await vi.waitFor(() => expect(lineOf(requestId)).toMatchObject({ requestId, route }));
  expect(lines.text()).not.toContain(canary);
});

it("a method that no page takes is written down without the address as well", async () => {
  const requestId = crypto.randomUUID();
  await send("POST", `/${canary}?token=${canary}`, requestId);
  expect(lineOf(requestId)).toMatchObject({ route: "/*", status: 405 });
  expect(lines.text()).not.toContain(canary);
});

it("a page's line has all that a line has, and whom the page was for", async () => {
  const requestId = crypto.randomUUID();
  await send("GET", "/tasks?q=x", requestId);
  await vi.waitFor(() =>
    expect(lineOf(requestId)).toEqual({
      time: expect.any(String),
      level: "info",
      msg: "page",
      requestId,
      userId: "user-of-the-page",
      method: "GET",
      route: "/tasks",
      status: 200,
      milliseconds: expect.any(Number),
    }),
  );
});

it("a page that fails is written down under its request's id", async () => {
  const requestId = crypto.randomUUID();
  await send("GET", `/docs?token=${canary}`, requestId);
  expect(lines.named("request failed")).toContainEqual(
    expect.objectContaining({ level: "error", requestId, route: "/docs" }),
  );
  expect(lines.text()).not.toContain(canary);
});

function send(method: string, target: string, requestId: string): Promise<string> {
  const head = ["Host: localhost:3000", "Connection: close", `X-Request-Id: ${requestId}`];
  return rawRequest(url, `${method} ${target} HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n`);
}

function lineOf(requestId: string) {
  const answered = [...lines.named("page"), ...lines.named("request")];
  return answered.find((line) => line.requestId === requestId);
}

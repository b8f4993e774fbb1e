import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { openApiDocument } from "@/lib/openapi/openapi-document";
import { type Answer, call, type Sent } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { type TaskOwner, taskOwner } from "@/tests/support/task-owner";
import { tokenFor } from "@/tests/support/tokens";
import { createUser } from "@/tests/support/users";

const document = openApiDocument();

/** On every answer, as the document says once for all. */
const everywhere = [
  "cache-control",
  "content-security-policy",
  "content-type",
  "x-content-type-options",
  "x-request-id",
];

/** What this file does not bring about: a busy user, a mistake of ours, a database that is away. */
const elsewhere = ["429", "500", "503"];

const badBodies: Sent[] = [
  { raw: "{" },
  { raw: " ".repeat(70_000) },
  { raw: "x", headers: { "Content-Type": "text/plain" } },
];

let owner: TaskOwner;
let scopeless: string;
let key: string;

beforeAll(async () => {
  owner = await taskOwner();
  scopeless = await tokenFor(await createUser(), { scope: "" });
  ({ key } = await createKeyFor(owner));
});

describe("the document lists every status and header, and no status too many,", () => {
  it("of the list", async () => {
    await owner.make();
    await owner.make();
    const { headers } = await owner.send("GET", "/api/tasks?limit=1");
    const fresh = { headers: { "If-None-Match": headers.get("etag") ?? "" } };
    await expectDocumented("get", "/api/tasks", [
      await owner.send("GET", "/api/tasks?limit=1"),
      await owner.send("GET", "/api/tasks?limit=1", fresh),
      await owner.send("GET", "/api/tasks?limit=0"),
      await owner.send("GET", "/api/tasks?cursor=x"),
      ...(await refusals("GET", "/api/tasks")),
    ]);
  });

  it("of a create", async () => {
    const post = (sent: Sent) => owner.send("POST", "/api/tasks", sent);
    const body = { id: crypto.randomUUID(), title: "Tea" };
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    await expectDocumented("post", "/api/tasks", [
      await post({ body, headers }),
      await post({ body, headers }),
      await post({ body }),
      await post({ body: { ...body, title: "Coffee" } }),
      await post({ body: { title: "Coffee" }, headers }),
      await post({ body: {} }),
      ...(await Promise.all(badBodies.map(post))),
      ...(await refusals("POST", "/api/tasks")),
    ]);
  });

  it("of a read", async () => {
    const { id } = await owner.make();
    const path = `/api/tasks/${id}`;
    await expectDocumented("get", "/api/tasks/{id}", [
      await owner.send("GET", path),
      await owner.send("GET", path, { headers: { "If-None-Match": '"1"' } }),
      await owner.send("GET", `${path}?x=1`),
      await owner.send("GET", "/api/tasks/x"),
      ...(await refusals("GET", path)),
    ]);
  });

  it.each([
    ["put", "/api/tasks/{id}", { title: "Tea" }],
    ["patch", "/api/tasks/{id}", { title: "Tea" }],
    ["patch", "/api/tasks/{id}/complete", {}],
    ["delete", "/api/tasks/{id}", {}],
  ] as const)("of %s %s", async (method, template, body) => {
    const verb = method.toUpperCase();
    const { id } = await owner.make();
    const path = template.replace("{id}", id);
    const send = (sent: Sent) => owner.send(verb, path, sent);
    await expectDocumented(method, template, [
      await send({ body, headers: { "If-Match": '"7"' } }),
      await owner.send(verb, template.replace("{id}", "x"), { body }),
      await send({ body: { x: 1 } }),
      ...(await Promise.all(badBodies.map(send))),
      ...(await refusals(verb, path)),
      await send({ body }),
    ]);
  });

  it("of a restore", async () => {
    const { id } = await owner.make();
    await owner.send("DELETE", `/api/tasks/${id}`);
    const path = `/api/tasks/${id}/restore`;
    const send = (sent: Sent) => owner.send("POST", path, sent);
    await expectDocumented(
      "post",
      "/api/tasks/{id}/restore",
      [
        ...(await Promise.all(badBodies.map(send))),
        ...(await refusals("POST", path)),
        await send({}),
        await send({}),
      ],
      ["409"],
    );
  });

  it("of an exchange of a key", async () => {
    const send = (sent: Sent) =>
      call("POST", "/api/token", { ...sent, headers: { ...sent.headers, "x-api-key": key } });
    await expectDocumented(
      "post",
      "/api/token",
      [
        await send({}),
        await call("POST", "/api/token"),
        ...(await Promise.all(badBodies.map(send))),
      ],
      ["403"],
    );
  });
});

describe("an exchange of a key", () => {
  it("looks at nothing but the key", async () => {
    const headers = { "x-api-key": key, Cookie: "evo-todo-3000.session_token=x" };
    expect((await call("POST", "/api/token", { headers, token: "x.y.z" })).status).toBe(200);
    const basic = { "x-api-key": key, Authorization: "Basic eDp5" };
    expect((await call("POST", "/api/token", { headers: basic })).status).toBe(200);
  });

  it.each([
    ["two keys in one header", () => `${key}, ${key}`],
    ["a key in quotes", () => `"${key}"`],
    ["a key with a scheme", () => `ApiKey ${key}`],
    ["the bytes of a key in another case", () => key.toUpperCase()],
  ])("refuses %s, in the words for any wrong key", async (_what, garbled) => {
    const refused = await call("POST", "/api/token", { headers: { "x-api-key": garbled() } });
    const unknown = await call("POST", "/api/token", { headers: { "x-api-key": "evo_x" } });
    expect(refused.status).toBe(401);
    expect({ ...Object(refused.body), requestId: "" }).toEqual({
      ...Object(unknown.body),
      requestId: "",
    });
    expect(refused.headers.get("www-authenticate")).toBe(unknown.headers.get("www-authenticate"));
  });

  it("is offered as POST alone, and HEAD has no body", async () => {
    expect(await call("HEAD", "/api/token", { headers: { "x-api-key": key } })).toMatchObject({
      status: 405,
      body: null,
    });
    const uses = await database().apiKey.count({ where: { userId: owner.id } });
    expect(uses).toBe(1);
  });
});

/** As somebody without a token, with a bad header, and with a token that may do nothing. */
function refusals(method: string, path: string): Promise<Answer[]> {
  return Promise.all([
    call(method, path),
    call(method, path, { headers: { Authorization: "Bearer a b" } }),
    call(method, path, { token: "x" }),
    call(method, path, { token: scopeless }),
  ]);
}

async function expectDocumented(
  method: "get" | "post" | "put" | "patch" | "delete",
  path: string,
  answers: Answer[],
  notHere: string[] = [],
) {
  const responses = document.paths?.[path]?.[method]?.responses ?? {};
  const reached = new Set(answers.map(({ status }) => String(status)));
  expect([...reached, ...elsewhere, ...notHere].sort()).toEqual(Object.keys(responses).sort());
  for (const { status, headers } of answers) {
    const known = new Set([...everywhere, ...headersOf(responses[String(status)])]);
    const unknown = [...headers.keys()].filter((name) => !known.has(name));
    expect(unknown, `${method} ${path} ${status}`).toEqual([]);
  }
}

function headersOf(response: { $ref?: string; headers?: object } | undefined): string[] {
  const name = response?.$ref?.split("/").at(-1);
  const described = name ? document.components?.responses?.[name] : response;
  const headers = described && "headers" in described ? described.headers : {};
  return Object.keys(headers ?? {}).map((header) => header.toLowerCase());
}

import { beforeAll, describe, expect, it } from "vitest";
import { call, type Sent } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { expectGood } from "@/tests/support/token-answer";
import { tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";

let user: SignedIn;
let token: string;

beforeAll(async () => {
  user = await createUser();
  token = await tokenFor(user);
  await expectGood(token, user);
});

describe("a bearer token is taken from the Authorization header and from nowhere else:", () => {
  const carriers: [string, () => Sent & { query?: string }][] = [
    ["the query", () => ({ query: `access_token=${token}` })],
    ["the query, as the header's name", () => ({ query: `Authorization=Bearer%20${token}` })],
    [
      "a cookie",
      () => ({ headers: { Cookie: `access_token=${token}; Authorization=Bearer ${token}` } }),
    ],
    ["a session's cookie", () => ({ headers: { Cookie: cookieFor(user) } })],
    ["Proxy-Authorization", () => ({ headers: { "Proxy-Authorization": `Bearer ${token}` } })],
    [
      "X-Forwarded-Authorization",
      () => ({ headers: { "X-Forwarded-Authorization": `Bearer ${token}` } }),
    ],
    ["X-Access-Token", () => ({ headers: { "X-Access-Token": token } })],
    ["X-Api-Key", () => ({ headers: { "X-Api-Key": token } })],
    [
      "Basic, as the password",
      () => scheme(`Basic ${Buffer.from(`x:${token}`).toString("base64")}`),
    ],
    ["Basic, as it stands", () => scheme(`Basic ${token}`)],
    ["Digest", () => scheme(`Digest username="x", response="${token}"`)],
    ["DPoP", () => scheme(`DPoP ${token}`)],
    ["JWT as a scheme", () => scheme(`JWT ${token}`)],
    ["Token as a scheme", () => scheme(`Token ${token}`)],
    ["Bearer with a letter more", () => scheme(`Bearers ${token}`)],
    ["no scheme", () => scheme(token)],
  ];

  it.each(carriers)("not from %s", async (_name, sent) => {
    const { query, ...rest } = sent();
    const answer = await call("GET", "/api/tasks", rest);
    expect(problemIn(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="tasks"');
    if (query) {
      const asked = await call("GET", `/api/tasks?${query}`, rest);
      expect(problemIn(asked)).toMatchObject({ status: 401, code: "unauthenticated" });
    }
  });

  it.each([
    ["a form", "application/x-www-form-urlencoded", () => `access_token=${token}`],
    ["a JSON body", "application/json", () => JSON.stringify({ access_token: token })],
  ])("not from %s", async (_name, type, body) => {
    const sent = { raw: body(), headers: { "Content-Type": type } };
    const answer = await call("POST", "/api/tasks", sent);
    expect(problemIn(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  it.each([
    ["twice, joined by a comma", () => `Bearer ${token}, Bearer ${token}`],
    ["twice after one scheme", () => `Bearer ${token} ${token}`],
    ["after a colon", () => `Bearer: ${token}`],
    ["after an equals sign", () => `Bearer=${token}`],
    ["after a tab", () => `Bearer\t${token}`],
    ["without a space", () => `Bearer${token}`],
    ["in quotes", () => `Bearer "${token}"`],
    ["as a parameter", () => `Bearer token="${token}"`],
    ["before a parameter", () => `Bearer ${token}; realm="tasks"`],
    ["after another scheme", () => `Basic eDp5, Bearer ${token}`],
    ["after its scheme twice", () => `Bearer Bearer ${token}`],
  ])("not where it stands %s", async (_name, value) => {
    const answer = await call("GET", "/api/tasks", scheme(value()));
    expect([400, 401]).toContain(answer.status);
    expect(["invalid_request", "unauthenticated"]).toContain(problemIn(answer).code);
  });

  it("a cookie, a query or another header beside it changes nothing", async () => {
    const headers = { Cookie: `${cookieFor(await createUser())}; token=x`, "X-Api-Key": "evo_x" };
    expect((await call("GET", "/api/tasks", { token, headers })).status).toBe(200);
    expect((await call("GET", "/api/tasks", { token: "x", headers })).status).toBe(401);
  });
});

function scheme(value: string): Sent {
  return { headers: { Authorization: value } };
}

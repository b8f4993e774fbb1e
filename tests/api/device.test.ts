import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { listApiKeys } from "@/lib/account/api-keys";
import { findDeviceRequest } from "@/lib/account/device-requests";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { createKeyFor, postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { deviceGrant, oauthErrorIn, poll, postForm, startDevice } from "@/tests/support/devices";
import { givePassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { createSession, createUser, type SignedIn } from "@/tests/support/users";

const codesBody = z.object({ device_code: z.string(), user_code: z.string() });
const tokenBody = z.object({ access_token: z.string(), refresh_token: z.string() });
const day = 86_400_000;

let user: SignedIn;

beforeEach(async () => {
  user = await createUser();
});

describe("a device that asks for approval", () => {
  it.each(["form", "JSON"])("as %s gets its codes and the address of the page", async (kind) => {
    const body = { client_id: "todo-cli" };
    const answer =
      kind === "form"
        ? await postForm("/device/code", body)
        : await call("POST", "/api/auth/device/code", { body });
    const { device_code, user_code } = codesBody.parse(answer.body);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.body).toEqual({
      device_code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
      verification_uri: "http://localhost:3000/device",
      verification_uri_complete: `http://localhost:3000/device?user_code=${user_code}`,
      expires_in: 600,
      interval: 5,
    });
    const row = await database().deviceRequest.findFirstOrThrow({
      where: { userCode: user_code.replace("-", "") },
    });
    expect(JSON.stringify(row)).not.toContain(device_code);
    expect(row).toMatchObject({ clientId: "todo-cli", scopes: "tasks:read tasks:write" });
  });

  it.each([
    ["nothing", {}, ["tasks:read", "tasks:write"]],
    ["an empty scope", { scope: "" }, ["tasks:read", "tasks:write"]],
    ["one scope", { scope: "tasks:read" }, ["tasks:read"]],
    [
      "both, and one twice",
      { scope: "tasks:write tasks:read tasks:write" },
      ["tasks:read", "tasks:write"],
    ],
    [
      "parameters that nobody knows",
      { client_secret: "x", resource: "y" },
      ["tasks:read", "tasks:write"],
    ],
  ])("with %s is accepted", async (_name, form, scopes) => {
    const { userCode } = await startDevice(form);
    expect(await findDeviceRequest(userCode)).toEqual({
      clientId: "todo-cli",
      scopes,
      ipAddress: "127.0.0.1",
      createdAt: expect.any(Date),
    });
  });

  it.each([
    ["no name", {}, "invalid_request", ["/client_id"]],
    ["an empty name", { client_id: "" }, "invalid_request", ["/client_id"]],
    ["a blank name", { client_id: "  " }, "invalid_request", ["/client_id"]],
    ["a long name", { client_id: "x".repeat(101) }, "invalid_request", ["/client_id"]],
    ["a name with NUL", { client_id: "a\u0000" }, "invalid_request", ["/client_id"]],
    ["a name that breaks the line", { client_id: "a\nb" }, "invalid_request", ["/client_id"]],
    ["a name that turns around", { client_id: "a\u202eb" }, "invalid_request", ["/client_id"]],
    ["an unknown scope", { client_id: "x", scope: "tasks:read account" }, "invalid_scope", null],
    ["a scope in capitals", { client_id: "x", scope: "Tasks:Read" }, "invalid_scope", null],
  ])("with %s is refused, and nothing is stored", async (_name, form, error, pointers) => {
    const before = await database().deviceRequest.count();
    const answer = await postForm("/device/code", form);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.body).toMatchObject({ error, status: 400 });
    const { errors } = z
      .looseObject({ errors: z.array(z.object({ pointer: z.string() })).optional() })
      .parse(answer.body);
    expect(errors?.map(({ pointer }) => pointer) ?? null).toEqual(pointers);
    expect(await database().deviceRequest.count()).toBe(before);
  });
});

describe.each(["/device/code", "/device/token"])("a form for %s", (path) => {
  const full = `grant_type=${encodeURIComponent(deviceGrant)}&device_code=a`;

  it.each([
    ["a parameter twice", "client_id=a&client_id=b", 400, "invalid_request"],
    ["bytes that are not UTF-8", "client_id=%ff", 400, "invalid_request"],
    ["half an escape", "client_id=%e", 400, "invalid_request"],
    ["more than 64 KiB", `client_id=${"x".repeat(65_536)}`, 413, "payload_too_large"],
  ])("with %s is refused", async (_name, raw, status, code) => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await call("POST", `/api/auth${path}`, { raw: `${full}&${raw}`, headers });
    expect(answer.body).toMatchObject({ error: "invalid_request", status, code });
    expect(answer.body).not.toHaveProperty("errors");
  });

  it.each([
    ["text/plain", 415, "unsupported_media_type"],
    ["application/x-www-form-urlencoded; charset=latin1", 415, "unsupported_media_type"],
    ["application/json", 400, "malformed_json"],
  ])("that is declared as %s is refused", async (type, status, code) => {
    const raw = `${full}&client_id=a`;
    const headers = { "Content-Type": type };
    const answer = await call("POST", `/api/auth${path}`, { raw, headers });
    expect(answer.body).toMatchObject({ error: "invalid_request", status, code });
  });
});

describe("a person", () => {
  it("sees what a device asks for by its code, however the code is typed", async () => {
    const { userCode } = await startDevice({ scope: "tasks:read" });
    const letters = userCode.replace("-", "");
    for (const typed of [
      userCode,
      letters,
      userCode.toLowerCase(),
      ` ${letters.slice(0, 3)} ${letters.slice(3)} `,
    ]) {
      expect(await postAs(user, "/device/verify", { userCode: typed })).toMatchObject({
        status: 200,
        body: {
          clientId: "todo-cli",
          scopes: ["tasks:read"],
          ipAddress: "127.0.0.1",
          createdAt: expect.stringMatching(/Z$/),
        },
      });
    }
  });

  it.each(["verify", "approve", "deny"])("needs a session and a right code to %s", async (verb) => {
    const { userCode } = await startDevice();
    const signedOut = await call("POST", `/api/auth/device/${verb}`, { body: { userCode } });
    expect(problemIn(signedOut)).toMatchObject({ status: 401, code: "unauthenticated" });
    for (const wrong of ["", "BBBB-BBBB", "AEIO-UAEI", "x".repeat(1_024), "%"]) {
      const answer = await postAs(user, `/device/${verb}`, { userCode: wrong });
      expect(problemIn(answer)).toMatchObject({ status: 404, code: "not_found" });
    }
    for (const body of [
      {},
      { userCode: 1 },
      { userCode: "a\u0000" },
      { userCode: "x".repeat(1_025) },
      { userCode, userId: "x" },
    ]) {
      const answer = await postAs(user, `/device/${verb}`, body);
      expect(problemIn(answer).code).toBe("invalid_input");
    }
    expect(await findDeviceRequest(userCode)).not.toBeNull();
  });

  it("proves their identity to approve a device, and denies one without a proof", async () => {
    const { userCode, deviceCode, approval } = await startDevice();
    await makeSessionOld(user);
    const answer = await postAs(user, "/device/approve", approval);
    expect(problemIn(answer)).toMatchObject({ status: 403, code: "recent_sign_in_required" });
    expect(await findDeviceRequest(userCode)).not.toBeNull();
    expect((await postAs(user, "/device/deny", approval)).status).toBe(200);
    expect(oauthErrorIn(await poll(deviceCode))).toBe("access_denied");
  });

  it("decides once, and not after ten minutes", async () => {
    const decided = await startDevice();
    expect((await postAs(user, "/device/deny", decided.approval)).body).toEqual({ status: true });
    const late = await startDevice();
    await expire(late.userCode);
    for (const { approval } of [decided, late]) {
      for (const verb of ["verify", "approve", "deny"]) {
        expect((await postAs(user, `/device/${verb}`, approval)).status).toBe(404);
      }
    }
  });
});

describe("the device's token", () => {
  it("comes with the approval, belongs to a key in the list, and ends when that key is revoked", async () => {
    const { deviceCode, approval } = await startDevice({ scope: "tasks:read" });
    expect(oauthErrorIn(await poll(deviceCode))).toBe("authorization_pending");
    expect((await postAs(user, "/device/approve", approval)).body).toEqual({ status: true });
    expect(await listApiKeys(user.id)).toEqual([]);

    const answer = await poll(deviceCode);
    const { access_token: token, refresh_token: key } = tokenBody.parse(answer.body);
    const [made, ...others] = await listApiKeys(user.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      access_token: token,
      token_type: "Bearer",
      expires_in: 900,
      scope: "tasks:read",
      refresh_token: key,
    });
    expect(others).toEqual([]);
    expect(made).toMatchObject({ name: "todo-cli", scopes: ["tasks:read"] });
    const life = Number(made?.expiresAt) - Date.now();
    expect(Math.round(life / day)).toBe(90);
    expect(decodeJwt(token)).toMatchObject({ sub: user.id, akid: made?.id, scope: "tasks:read" });
    expect((await call("GET", "/api/tasks", { token })).status).toBe(200);
    expect((await call("POST", "/api/token", { headers: { "x-api-key": key } })).status).toBe(200);
    expect(oauthErrorIn(await poll(deviceCode))).toBe("invalid_grant");

    await postAs(user, "/api-key/delete", { keyId: made?.id });
    expect((await call("GET", "/api/tasks", { token })).status).toBe(401);
    expect(oauthErrorIn(await refresh(key))).toBe("invalid_grant");
  });

  it("is one key for parallel requests", async () => {
    const { deviceCode, approval } = await startDevice();
    await postAs(user, "/device/approve", approval);
    const answers = await Promise.all(Array.from({ length: 6 }, () => poll(deviceCode)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
    expect(await listApiKeys(user.id)).toHaveLength(1);
    expect(await database().deviceRequest.count({ where: { userId: user.id } })).toBe(0);
  });

  it("is refused once if the person denies it, and after that the code is unknown", async () => {
    const { deviceCode, approval } = await startDevice();
    await postAs(user, "/device/deny", approval);
    expect(oauthErrorIn(await poll(deviceCode))).toBe("access_denied");
    expect(oauthErrorIn(await poll(deviceCode))).toBe("invalid_grant");
    expect(await listApiKeys(user.id)).toEqual([]);
  });

  it("can be polled for every five seconds, and more slowly after a warning", async () => {
    const { deviceCode, userCode } = await startDevice();
    const secondsPass = async (seconds: number) => {
      const lastPolledAt = new Date(Date.now() - seconds * 1_000);
      await database().deviceRequest.updateMany({
        where: stored(userCode),
        data: { lastPolledAt },
      });
      return oauthErrorIn(await poll(deviceCode));
    };
    expect(oauthErrorIn(await poll(deviceCode))).toBe("authorization_pending");
    expect(oauthErrorIn(await poll(deviceCode))).toBe("slow_down");
    expect(await secondsPass(5)).toBe("slow_down");
    expect(await secondsPass(15)).toBe("authorization_pending");
    expect(await secondsPass(10)).toBe("slow_down");
  });

  it.each([
    ["their password is changed", changePassword],
    ["they end the other sessions", () => postAs(user, "/revoke-other-sessions", {})],
    ["they end one session", endOneSession],
    ["they end all sessions", () => postAs(user, "/revoke-sessions", {})],
  ])("is not issued if it was not fetched before %s", async (_when, end) => {
    const { deviceCode, approval } = await startDevice();
    await postAs(user, "/device/approve", approval);
    expect((await end()).status).toBe(200);
    expect(oauthErrorIn(await poll(deviceCode))).toBe("invalid_grant");
    expect(await listApiKeys(user.id)).toEqual([]);
  });

  it("cannot be fetched after ten minutes, approved or not", async () => {
    const [waiting, approved] = [await startDevice(), await startDevice()];
    await postAs(user, "/device/approve", approved.approval);
    for (const { deviceCode, userCode } of [waiting, approved]) {
      await expire(userCode);
      expect(oauthErrorIn(await poll(deviceCode))).toBe("expired_token");
    }
    expect(await listApiKeys(user.id)).toEqual([]);
  });

  it("is refused to another client, and for unknown codes", async () => {
    const { deviceCode, userCode, approval } = await startDevice();
    await postAs(user, "/device/approve", approval);
    for (const answer of [
      await poll(deviceCode, { client_id: "other" }),
      await poll("x"),
      await poll(userCode),
      await poll("%00"),
    ]) {
      expect(answer.status).toBe(400);
      expect(oauthErrorIn(answer)).toBe("invalid_grant");
    }
    expect((await poll(deviceCode)).status).toBe(200);
  });

  it.each([
    ["no grant type", {}, "invalid_request"],
    ["another grant type", { grant_type: "password" }, "unsupported_grant_type"],
    ["no device code", { grant_type: deviceGrant, client_id: "x" }, "invalid_request"],
    ["no client", { grant_type: deviceGrant, device_code: "x" }, "invalid_request"],
    ["no refresh token", { grant_type: "refresh_token" }, "invalid_request"],
    ["NUL", { grant_type: deviceGrant, device_code: "\u0000", client_id: "x" }, "invalid_request"],
  ])("is refused with %s", async (_name, form, error) => {
    const answer = await postForm("/device/token", form);
    expect(answer.status).toBe(400);
    expect(oauthErrorIn(answer)).toBe(error);
  });

  it.each([1, null, true, ["x"], { not: "" }])("is refused for %j as JSON", async (value) => {
    for (const body of [
      { grant_type: value },
      { grant_type: deviceGrant, device_code: value, client_id: "x" },
      { grant_type: deviceGrant, device_code: "x", client_id: value },
      { grant_type: "refresh_token", refresh_token: value },
    ]) {
      const answer = await call("POST", "/api/auth/device/token", { body });
      expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
    }
  });

  it("has every member of a problem document beside OAuth's own", async () => {
    const { deviceCode } = await startDevice();
    const answer = await call("POST", "/api/auth/device/token", {
      body: { grant_type: deviceGrant, device_code: deviceCode, client_id: "todo-cli" },
      headers: { "X-Request-Id": "mine-1" },
    });
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.body).toEqual({
      error: "authorization_pending",
      error_description: "Nobody has decided yet. Ask again.",
      type: "/docs/errors#invalid_request",
      title: "The request is not well-formed",
      status: 400,
      detail: "Nobody has decided yet. Ask again.",
      code: "invalid_request",
      requestId: "mine-1",
    });
  });
});

describe("a refresh token", () => {
  it("is an API key that also works at /api/token and does not change", async () => {
    const { key } = await createKeyFor(user, { scopes: ["tasks:write"] });
    const answer = await refresh(key);
    const { access_token: token } = tokenBody.parse(answer.body);
    expect(answer.body).toEqual({
      access_token: token,
      token_type: "Bearer",
      expires_in: 900,
      scope: "tasks:write",
      refresh_token: key,
    });
  });

  it.each(["x", "evo_", "' OR 1=1 --"])("%s is not one", async (key) => {
    const answer = await refresh(key);
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  });
});

function refresh(key: string) {
  return postForm("/device/token", { grant_type: "refresh_token", refresh_token: key });
}

function expire(userCode: string) {
  const expiresAt = new Date(Date.now() - 1);
  return database().deviceRequest.updateMany({ where: stored(userCode), data: { expiresAt } });
}

function stored(userCode: string) {
  return { userCode: userCode.replace("-", "") };
}

async function endOneSession(): Promise<Answer> {
  const { sessionId } = await createSession(user.id);
  return postAs(user, "/revoke-session", { id: sessionId });
}

async function changePassword(): Promise<Answer> {
  await givePassword(user.id);
  const newPassword = "five brown herons sleep";
  return postAs(user, "/change-password", { currentPassword: password, newPassword });
}

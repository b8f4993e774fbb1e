import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import {
  addPasskeyTo,
  beginPasskeySignIn,
  createAuthenticator,
  type Deviation,
  finishPasskeySignIn,
} from "@/tests/support/passkey";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";

const begin = "/api/auth/passkey/generate-authenticate-options";
const finish = "/api/auth/passkey/verify-authentication";

let user: SignedIn;
let authenticator: ReturnType<typeof createAuthenticator>;
let jar: CookieJar;

beforeEach(async () => {
  user = await createUser();
  ({ authenticator } = await addPasskeyTo(user));
  jar = createCookieJar();
});

describe("beginning a sign-in by passkey", () => {
  it("gives everybody the same options, and demands that the user is verified", async () => {
    const answer = await call("POST", begin);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: "localhost",
      timeout: 300_000,
      userVerification: "required",
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^evo-todo-3000\.passkey=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });
});

describe("a passkey", () => {
  it("signs in by itself", async () => {
    const answer = await signIn();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ user: expect.objectContaining({ id: user.id }) });
    expect(Object.keys(answer.body ?? {})).toEqual(["user"]);
    expect(jar.names().sort()).toEqual([
      "evo-todo-3000.known_browser",
      "evo-todo-3000.session_token",
    ]);
    const row = await database().passkey.findFirstOrThrow({ where: { userId: user.id } });
    expect(row).toMatchObject({ counter: 1n, lastUsedAt: expect.any(Date) });
  });

  it("is also the second step, if one is required", async () => {
    await call("POST", "/api/auth/two-factor/enable", {
      headers: { Cookie: cookieFor(user) },
      body: { method: "passkey" },
    });
    expect((await signIn()).status).toBe(200);
  });

  it("replaces the previous session of the browser", async () => {
    const before = cookieFor(user);
    jar = createCookieJar(before);
    expect((await signIn()).status).toBe(200);
    const sessions = await database().session.findMany({ where: { userId: user.id } });
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.id).not.toBe(user.sessionId);
  });

  it("without a counter signs in repeatedly", async () => {
    expect((await signIn({ counter: 0 })).status).toBe(200);
    expect((await signIn({ counter: 0 })).status).toBe(200);
  });

  it.each<[string, Deviation]>([
    ["on another site", { origin: "https://evil.example" }],
    ["for another host", { rpId: "evil.example" }],
    ["without its holder verified", { isVerified: false }],
    ["with another challenge", { challenge: "A".repeat(43) }],
    ["as a registration", { type: "webauthn.create" }],
    ["in another person's name", { userHandle: Buffer.from("somebody").toString("base64url") }],
  ])("does not sign in %s", async (_name, deviation) => {
    await expectRefused(await beginPasskeySignIn(jar), deviation);
  });

  it("does not sign in with a counter that went backwards or did not change", async () => {
    expect((await signIn({ counter: 7 })).status).toBe(200);
    for (const counter of [6, 7, 0]) {
      expect((await signIn({ counter })).status).toBe(401);
    }
    expect((await signIn({ counter: 8 })).status).toBe(200);
  });

  it("does not sign in twice by the same answer", async () => {
    const options = await beginPasskeySignIn(jar);
    const headers = jar.headers();
    const response = authenticator.signIn(options);
    expect((await call("POST", finish, { headers, body: { response } })).status).toBe(200);
    expect((await call("POST", finish, { headers, body: { response } })).status).toBe(401);
    const again = authenticator.signIn(options);
    expect((await call("POST", finish, { headers, body: { response: again } })).status).toBe(401);
  });

  it("signs in once by parallel requests with one answer", async () => {
    const response = authenticator.signIn(await beginPasskeySignIn(jar));
    const headers = jar.headers();
    const answers = await Promise.all(
      [1, 2, 3].map(() => call("POST", finish, { headers, body: { response } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it("does not sign in after five minutes, or in another browser", async () => {
    const response = authenticator.signIn(await beginPasskeySignIn(jar));
    expect((await finishPasskeySignIn(createCookieJar(), response)).status).toBe(401);
    await database().passkeyChallenge.updateMany({ data: { expiresAt: new Date() } });
    expect((await finishPasskeySignIn(jar, response)).status).toBe(401);
  });

  it("does not sign in with the challenge of a registration", async () => {
    const own = createCookieJar(cookieFor(user));
    const begun = await call("POST", "/api/auth/passkey/generate-register-options", {
      headers: own.headers(),
    });
    own.keep(begun);
    const Cookie = (own.headers().Cookie ?? "").replace("new_passkey", "passkey");
    const body = { response: authenticator.signIn(begun.body) };
    expect((await call("POST", finish, { headers: { Cookie }, body })).status).toBe(401);
  });

  it("does not sign in with a passkey that is another person's, unknown, removed or without an owner", async () => {
    const stranger = createAuthenticator();
    const options = await beginPasskeySignIn(jar);
    const forged = { ...stranger.signIn(options), id: authenticator.id, rawId: authenticator.id };
    expect((await finishPasskeySignIn(jar, withHandle(forged))).status).toBe(401);

    const unknown = withHandle(stranger.signIn(await beginPasskeySignIn(jar)));
    expect((await finishPasskeySignIn(jar, unknown)).status).toBe(401);
    await database().user.delete({ where: { id: user.id } });
    expect((await signIn()).status).toBe(401);
  });

  it("is refused in the same words whatever was wrong", async () => {
    const wrong = problemIn(await signIn({ isVerified: false }));
    const stranger = createAuthenticator();
    const unknown = withHandle(stranger.signIn(await beginPasskeySignIn(jar)));
    const other = problemIn(await finishPasskeySignIn(jar, unknown));
    expect({ ...wrong, requestId: "" }).toEqual({ ...other, requestId: "" });
  });
});

describe("meaningless data", () => {
  const values = [
    undefined,
    null,
    1,
    "",
    "not base64url!",
    "a\0b",
    {},
    [],
    true,
    "A".repeat(60_000),
  ];
  const base64UrlRubbish = [
    "A",
    "AA",
    "AAAA",
    Buffer.from("null").toString("base64url"),
    Buffer.from("[".repeat(6_000)).toString("base64url"),
    Buffer.alloc(8_000, 0x81).toString("base64url"),
    Buffer.alloc(200, 0xff).toString("base64url"),
  ];
  const members = ["clientDataJSON", "authenticatorData", "signature", "userHandle"];

  it.each(members)("as %s is refused", async (member) => {
    for (const value of values) {
      const good = authenticator.signIn(await beginPasskeySignIn(jar));
      const response = { ...good, response: { ...good.response, [member]: value } };
      const answer = await finishPasskeySignIn(jar, response);
      expect(answer.status).toBe(400);
      expect(problemIn(answer).errors?.[0]?.pointer).toBe(`/response/response/${member}`);
    }
  });

  it.each(members)("that is base64url as %s is refused, too", async (member) => {
    for (const text of base64UrlRubbish) {
      const good = authenticator.signIn(await beginPasskeySignIn(jar));
      const response = { ...good, response: { ...good.response, [member]: text } };
      const { status } = await finishPasskeySignIn(jar, response);
      expect([400, 401]).toContain(status);
    }
  });

  it.each(["clientDataJSON", "attestationObject"])(
    "as %s of a new passkey is refused",
    async (member) => {
      for (const value of [...values, ...base64UrlRubbish]) {
        expect(await register({ [member]: value })).toBe(400);
      }
    },
  );

  it.each([
    ["id", 1],
    ["id", ""],
    ["id", "x".repeat(2_000)],
    ["rawId", null],
    ["type", "password"],
    ["response", null],
    ["response", "x"],
  ])("as %s of the credential is refused", async (member, value) => {
    const good = authenticator.signIn(await beginPasskeySignIn(jar));
    const answer = await finishPasskeySignIn(jar, { ...good, [member]: value });
    expect(answer.status).toBe(400);
  });

  it.each([{}, { response: null }, { response: {}, email: "x" }, { response: [1] }])(
    "as the body, %j, is refused",
    async (body) => {
      expect((await call("POST", finish, { body })).status).toBe(400);
    },
  );

  it("in the cookie is refused", async () => {
    const response = authenticator.signIn(await beginPasskeySignIn(jar));
    for (const value of ["", "x", "%00", "A".repeat(3_000)]) {
      const headers = { Cookie: `evo-todo-3000.passkey=${value}` };
      expect((await call("POST", finish, { headers, body: { response } })).status).toBe(401);
    }
  });
});

async function signIn(deviation: Deviation = {}) {
  return finishPasskeySignIn(jar, authenticator.signIn(await beginPasskeySignIn(jar), deviation));
}

async function expectRefused(options: unknown, deviation: Deviation): Promise<void> {
  const answer = await finishPasskeySignIn(jar, authenticator.signIn(options, deviation));
  expect(problemIn(answer).code).toBe("unauthenticated");
  expect(answer.headers.getSetCookie()).toEqual([]);
  const row = await database().passkey.findFirstOrThrow({ where: { userId: user.id } });
  expect(row).toMatchObject({ counter: 0n, lastUsedAt: null });
}

function withHandle<Response extends { response: object }>(response: Response) {
  const userHandle = Buffer.from(user.id).toString("base64url");
  return { ...response, response: { ...response.response, userHandle } };
}

async function register(members: object): Promise<number> {
  const own = createCookieJar(cookieFor(user));
  const begun = await call("POST", "/api/auth/passkey/generate-register-options", {
    headers: own.headers(),
  });
  own.keep(begun);
  const good = createAuthenticator().register(begun.body);
  const response = { ...good, response: { ...good.response, ...members } };
  const { status } = await call("POST", "/api/auth/passkey/verify-registration", {
    headers: own.headers(),
    body: { response },
  });
  return status;
}

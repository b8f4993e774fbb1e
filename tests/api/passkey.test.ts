import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { listPasskeys } from "@/lib/account/passkeys";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { problemIn } from "@/tests/support/bodies";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import { addPasskeyTo, createAuthenticator, type Deviation } from "@/tests/support/passkey";
import { givePassword } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { cookieFor, createUser, randomText, type SignedIn } from "@/tests/support/users";

const paths = [
  "generate-register-options",
  "verify-registration",
  "update-passkey",
  "delete-passkey",
];

let user: SignedIn;
let jar: CookieJar;

beforeEach(async () => {
  user = await createUser();
  jar = createCookieJar(cookieFor(user));
});

describe("beginning a registration", () => {
  it("asks for a discoverable passkey whose user is verified", async () => {
    const { authenticator } = await addPasskeyTo(user);
    const answer = await begin();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: "localhost", name: "Evo-TODO" },
      user: {
        id: Buffer.from(user.id).toString("base64url"),
        name: user.email,
        displayName: user.name,
      },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: [
        { id: authenticator.id, type: "public-key", transports: ["hybrid", "internal"] },
      ],
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^evo-todo-3000\.new_passkey=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
    ]);
  });
});

describe("a passkey", () => {
  it("is added, and named after the device unless its person names it", async () => {
    const authenticator = createAuthenticator();
    const agent =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    const response = authenticator.register((await begin()).body);
    const headers = { ...jar.headers(), "User-Agent": agent };
    const answer = await call("POST", path("verify-registration"), { headers, body: { response } });
    const createdAt = expect.any(String);
    expect(answer.body).toEqual({
      passkey: { id: expect.any(String), name: "Chrome on macOS", createdAt },
    });
    const named = createAuthenticator().register((await begin()).body);
    const second = await add({ response: named, name: "🔑 Key ring" });
    expect(second.body).toMatchObject({ passkey: { name: "🔑 Key ring" } });
    expect((await listPasskeys(user.id)).map(({ name }) => name)).toEqual([
      "Chrome on macOS",
      "🔑 Key ring",
    ]);
  });

  it.each<[string, Deviation]>([
    ["made for another site", { origin: "https://evil.example" }],
    ["made for another port", { origin: "http://localhost:3001" }],
    ["bound to another host", { rpId: "evil.example" }],
    ["whose holder was not verified", { isVerified: false }],
    ["that answers another challenge", { challenge: "A".repeat(43) }],
    ["that is a sign-in", { type: "webauthn.get" }],
    ["whose id is signed with another one", { signedId: randomBytes(32) }],
    ["whose signed id is longer than any", { signedId: randomBytes(4_000) }],
  ])("%s is not added", async (_name, deviation) => {
    const response = createAuthenticator().register((await begin()).body, deviation);
    const answer = await add({ response });
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors).toEqual([
      { pointer: "/response", detail: "does not fit what was asked for. Begin again" },
    ]);
    expect(await listPasskeys(user.id)).toEqual([]);
  });

  it("answers its challenge once, wrong or right, and within five minutes", async () => {
    const { body } = await begin();
    const cookie = createCookieJar(jar.headers().Cookie ?? "");
    const wrong = createAuthenticator().register(body, { isVerified: false });
    expect((await add({ response: wrong })).status).toBe(400);
    const right = createAuthenticator().register(body);
    const replay = { headers: cookie.headers(), body: { response: right } };
    expect((await call("POST", path("verify-registration"), replay)).status).toBe(400);

    const late = createAuthenticator().register((await begin()).body);
    await database().passkeyChallenge.updateMany({ data: { expiresAt: new Date() } });
    expect((await add({ response: late })).status).toBe(400);
    expect(await listPasskeys(user.id)).toEqual([]);
  });

  it("is added once by parallel requests with one answer", async () => {
    const response = createAuthenticator().register((await begin()).body);
    const answers = await Promise.all([1, 2, 3].map(() => add({ response })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it("is not added with another person's challenge", async () => {
    const other = await createUser();
    const response = createAuthenticator().register((await begin()).body);
    const challenge = /evo-todo-3000\.new_passkey=[^;]+/.exec(jar.headers().Cookie ?? "")?.[0];
    const headers = { Cookie: `${cookieFor(other)}; ${challenge}` };
    const answer = await call("POST", path("verify-registration"), { headers, body: { response } });
    expect(answer.status).toBe(400);
    expect((await add({ response })).status).toBe(200);
    expect(await listPasskeys(other.id)).toEqual([]);
  });

  it("belongs to one account", async () => {
    const { authenticator } = await addPasskeyTo(await createUser());
    const answer = await add({ response: authenticator.register((await begin()).body) });
    expect(answer.status).toBe(409);
    expect(await listPasskeys(user.id)).toEqual([]);
  });

  it("is refused beyond twenty, however parallel the requests", async () => {
    const { passkey } = await addPasskeyTo(user);
    const row = await database().passkey.findFirstOrThrow({ where: { id: passkey.id } });
    await database().passkey.createMany({
      data: Array.from({ length: 18 }, (_, index) => ({
        ...row,
        id: `p${index}`,
        credentialId: `${user.id}${index}`,
      })),
    });
    const jars = await Promise.all([1, 2, 3].map(beginAlone));
    const answers = await Promise.all(
      jars.map(({ headers, options }) => {
        const body = { response: createAuthenticator().register(options) };
        return call("POST", path("verify-registration"), { headers, body });
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await listPasskeys(user.id)).toHaveLength(20);
  });
});

describe("an existing passkey", () => {
  it("gets another name", async () => {
    const { passkey } = await addPasskeyTo(user);
    const name = "x".repeat(100);
    const answer = await post("update-passkey", { id: passkey.id, name });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(await listPasskeys(user.id)).toEqual([
      {
        id: passkey.id,
        name,
        createdAt: expect.any(Date),
        lastUsedAt: null,
        backedUp: false,
      },
    ]);
  });

  it("is removed", async () => {
    await givePassword(user.id);
    const { passkey } = await addPasskeyTo(user);
    const answer = await post("delete-passkey", { id: passkey.id });
    expect(answer).toMatchObject({ status: 200, body: { status: true } });
    expect(await listPasskeys(user.id)).toEqual([]);
    expect((await post("delete-passkey", { id: passkey.id })).status).toBe(404);
  });

  it("cannot be removed if it is the only way of signing in, or the only second step", async () => {
    const one = (await addPasskeyTo(user)).passkey;
    expect((await post("delete-passkey", { id: one.id })).status).toBe(409);
    await givePassword(user.id);
    await call("POST", "/api/auth/two-factor/enable", {
      headers: jar.headers(),
      body: { method: "passkey" },
    });
    expect((await post("delete-passkey", { id: one.id })).status).toBe(409);
    const two = (await addPasskeyTo(user)).passkey;
    const answers = await Promise.all([one, two].map(({ id }) => post("delete-passkey", { id })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await listPasskeys(user.id)).toHaveLength(1);
  });

  it("cannot be removed if the only other way of signing in is a provider that this site does not offer", async () => {
    const { passkey } = await addPasskeyTo(user);
    await database().account.create({
      data: { id: randomText(), accountId: "1", providerId: "github", userId: user.id },
    });
    const answer = await post("delete-passkey", { id: passkey.id });
    expect(problemIn(answer).code).toBe("conflict");
    expect(await listPasskeys(user.id)).toHaveLength(1);
  });

  it("of another person is as unknown as one that does not exist", async () => {
    const { passkey } = await addPasskeyTo(await createUser());
    for (const id of [passkey.id, "0198-never"]) {
      for (const [name, body] of [
        ["update-passkey", { id, name: "Mine" }],
        ["delete-passkey", { id }],
      ] as const) {
        const answer = await post(name, body);
        expect(problemIn(answer)).toMatchObject({
          code: "not_found",
          detail: "There is no such passkey.",
        });
      }
    }
    const row = await database().passkey.findFirstOrThrow({ where: { id: passkey.id } });
    expect(row.name).not.toBe("Mine");
  });
});

describe("every route of passkeys", () => {
  it.each(paths)("%s requires a session", async (name) => {
    expect((await call("POST", path(name), { body: {} })).status).toBe(401);
  });

  it.each(["generate-register-options", "delete-passkey"])(
    "%s requires a recent sign-in",
    async (name) => {
      const { passkey } = await addPasskeyTo(user);
      await makeSessionOld(user);
      const body = name === "delete-passkey" ? { id: passkey.id } : {};
      expect(problemIn(await post(name, body)).code).toBe("recent_sign_in_required");
    },
  );

  it.each([
    ["update-passkey", { id: "x" }, "/name"],
    ["update-passkey", { id: "x", name: "" }, "/name"],
    ["update-passkey", { id: "x", name: " " }, "/name"],
    ["update-passkey", { id: "x", name: "🔑".repeat(101) }, "/name"],
    ["update-passkey", { id: "x", name: "a\0b" }, "/name"],
    ["update-passkey", { id: "x", name: "\ud800" }, "/name"],
    ["update-passkey", { id: "x", name: "javascript:alert(1)" }, "/name"],
    ["update-passkey", { id: "a\0b", name: "x" }, "/id"],
    ["update-passkey", { id: { contains: "" }, name: "x" }, "/id"],
    ["delete-passkey", {}, "/id"],
    ["delete-passkey", { id: ["x"] }, "/id"],
    ["delete-passkey", { id: "x", userId: "y" }, "/userId"],
    ["generate-register-options", { userId: "y" }, "/userId"],
  ])("%s refuses %j", async (name, body, pointer) => {
    const answer = await post(name, body);
    expect(answer.status).toBe(400);
    expect(problemIn(answer).errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

function path(name: string): string {
  return `/api/auth/passkey/${name}`;
}

async function begin() {
  const answer = await call("POST", path("generate-register-options"), { headers: jar.headers() });
  jar.keep(answer);
  return answer;
}

async function beginAlone() {
  const own = createCookieJar(cookieFor(user));
  const answer = await call("POST", path("generate-register-options"), { headers: own.headers() });
  own.keep(answer);
  return { headers: own.headers(), options: answer.body };
}

function add(body: unknown) {
  return post("verify-registration", body);
}

function post(name: string, body: unknown) {
  return call("POST", path(name), { headers: jar.headers(), body });
}

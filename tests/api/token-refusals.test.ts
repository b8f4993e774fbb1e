import { createHmac } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { createDatabase, database, shareDatabase } from "@/lib/db/client";
import { encode, forge } from "@/tests/support/forgery";
import { guardedBy } from "@/tests/support/guarded";
import { claimsFor, publishKey, tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser, randomText, type SignedIn } from "@/tests/support/users";

const bare = 'Bearer realm="tasks"';
const invalidToken = 'Bearer realm="tasks", error="invalid_token"';

const reader = guardedBy("tasks:read");
const writer = guardedBy("tasks:write");

let user: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;

beforeAll(async () => {
  user = await createUser();
  key = await publishKey();
});

describe("the guard", () => {
  it("lets a good token in and knows whose it is", async () => {
    const answer = await use(await tokenFor(user));
    expect(answer).toMatchObject({ status: 200, body: { userId: user.id } });
  });

  it.each([
    ["lower case", "bearer "],
    ["upper case", "BEARER "],
    ["several spaces", "Bearer    "],
  ])("takes the scheme in %s", async (_name, prefix) => {
    const answer = await ask({ Authorization: `${prefix}${await tokenFor(user)}` });
    expect(answer.status).toBe(200);
  });

  it("takes a token that says it is a JWT, and one that is valid from now", async () => {
    const now = Math.floor(Date.now() / 1_000);
    const payload = { ...claimsFor(user), nbf: now };
    expect((await use(await forge(key, { header: { typ: "JWT" }, payload }))).status).toBe(200);
  });

  it("names the scope that a good token lacks", async () => {
    const token = await tokenFor(user, { scope: "tasks:read" });
    expect((await use(token)).status).toBe(200);
    const answer = await ask({ Authorization: `Bearer ${token}` }, writer);
    expect(answer).toMatchObject({
      status: 403,
      code: "insufficient_scope",
      challenge: 'Bearer realm="tasks", error="insufficient_scope", scope="tasks:write"',
    });
  });

  it.each([
    ["no header", {}],
    ["an empty header", { Authorization: "" }],
    ["another scheme", { Authorization: "Basic YTpi" }],
    ["a token without a scheme", { Authorization: "eyJhbGciOiJFZERTQSJ9.e30.AA" }],
    ["a token in another header", { "X-Authorization": "Bearer x" }],
  ])("asks for a token where there is %s", async (_name, headers) => {
    expect(await ask(headers)).toMatchObject({
      status: 401,
      code: "unauthenticated",
      challenge: bare,
    });
  });

  it("does not look for a token in a cookie, the query or the body", async () => {
    const token = await tokenFor(user);
    const request = new Request(`http://localhost:3000/api/tasks?access_token=${token}`, {
      method: "POST",
      headers: { Cookie: `${cookieFor(user)}; token=${token}` },
      body: new URLSearchParams({ access_token: token }),
    });
    const response = await reader(request, { params: Promise.resolve({}) });
    expect(response.status).toBe(401);
  });

  it.each([
    ["nothing", "Bearer"],
    ["two tokens", "Bearer a.b.c d.e.f"],
    ["two headers joined", "Bearer a.b.c, Bearer d.e.f"],
    ["illegal characters", "Bearer a.b.c\u00e9"],
    ["quotes", 'Bearer "a.b.c"'],
    ["padding in the middle", "Bearer a=.b.c"],
  ])("refuses a Bearer header with %s as no credential", async (_name, value) => {
    expect(await ask({ Authorization: value })).toMatchObject({
      status: 400,
      code: "invalid_request",
      challenge: 'Bearer realm="tasks", error="invalid_request"',
    });
  });

  it("checks the token before anything else of the request", async () => {
    const request = new Request("http://localhost:3000/api/tasks", {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: "x".repeat(100_000),
    });
    expect((await writer(request, { params: Promise.resolve({}) })).status).toBe(401);
  });
});

type Forgery = () => string | Promise<string>;

const wrongHeaders: [string, () => object | string][] = [
  ["alg none", () => ({ alg: "none" })],
  ["alg NONE", () => ({ alg: "NONE" })],
  ["alg eddsa", () => ({ alg: "eddsa" })],
  ["alg Ed25519", () => ({ alg: "Ed25519" })],
  ["alg ES256", () => ({ alg: "ES256" })],
  ["alg as a list", () => ({ alg: ["EdDSA"] })],
  ["no alg", () => JSON.stringify({ kid: key.id })],
  ["no kid", () => ({ kid: undefined })],
  ["an empty kid", () => ({ kid: "" })],
  ["an unknown kid", () => ({ kid: randomText() })],
  ["a path as kid", () => ({ kid: "../../dev/null" })],
  ["SQL as kid", () => ({ kid: "' OR 1=1 --" })],
  ["NUL in kid", () => ({ kid: `${key.id}\0` })],
  ["a long kid", () => ({ kid: "k".repeat(129) })],
  ["kid as a list", () => ({ kid: [key.id] })],
  ["jwk", () => ({ jwk: { kty: "OKP", crv: "Ed25519", x: "A".repeat(43) } })],
  ["jku", () => ({ jku: "http://127.0.0.1:1/keys" })],
  ["x5u", () => ({ x5u: "http://127.0.0.1:1/certificate" })],
  ["x5c", () => ({ x5c: ["MIIB"] })],
  ["crit", () => ({ crit: ["exp"] })],
  ["b64", () => ({ b64: false, crit: ["b64"] })],
  ["zip", () => ({ zip: "DEF" })],
  ["cty", () => ({ cty: "JWT" })],
  ["__proto__", () => `{"alg":"EdDSA","kid":"${key.id}","__proto__":{}}`],
  ["typ at+jwt", () => ({ typ: "at+jwt" })],
  ["typ of a cached session", () => ({ typ: "better-auth.session-cache+jwt" })],
  ["typ in lower case", () => ({ typ: "jwt" })],
  ["typ null", () => ({ typ: null })],
  ["a name twice", () => `{"alg":"EdDSA","kid":"${key.id}","kid":"${key.id}"}`],
  ["an escaped name twice", () => `{"alg":"EdDSA","\\u0061lg":"EdDSA","kid":"${key.id}"}`],
  ["a list as header", () => `["EdDSA"]`],
  ["null as header", () => "null"],
  ["a byte order mark", () => `\u{feff}{"alg":"EdDSA","kid":"${key.id}"}`],
  ["deep nesting", () => `{"alg":"EdDSA","kid":${"[".repeat(50)}${"]".repeat(50)}}`],
  ["no JSON", () => "{alg:EdDSA}"],
];

const now = Math.floor(Date.now() / 1_000);

const wrongClaims: [string, object][] = [
  ...["iss", "aud", "sub", "sid", "jti", "iat", "exp"].map((name): [string, object] => [
    `no ${name}`,
    { [name]: undefined },
  ]),
  ["another issuer", { iss: "https://localhost:3000" }],
  ["an issuer with a slash", { iss: "http://localhost:3000/" }],
  ["an issuer in capitals", { iss: "HTTP://LOCALHOST:3000" }],
  ["an issuer as a list", { iss: ["http://localhost:3000"] }],
  ["another audience", { aud: "http://localhost:3000" }],
  ["an audience as a list", { aud: ["http://localhost:3000/api"] }],
  ["an audience that begins alike", { aud: "http://localhost:3000/api/tasks" }],
  ["an empty subject", { sub: "" }],
  ["subject null", { sub: null }],
  ["a number as subject", { sub: 1 }],
  ["an object as subject", { sub: { not: "" } }],
  ["an unknown subject", { sub: "nobody" }],
  ["a wildcard as subject", { sub: "%" }],
  ["an unknown session", { sid: "nothing" }],
  ["an object as session", { sid: { not: "" } }],
  ["neither a session nor an API key", { sid: undefined, akid: undefined }],
  ["an unknown API key", { sid: undefined, akid: "key" }],
  ["an API key beside a session", { akid: "key" }],
  ["null as API key beside a session", { akid: null }],
  ["null as session beside an API key", { sid: null, akid: "key" }],
  ["an empty API key", { sid: undefined, akid: "" }],
  ["a number as API key", { sid: undefined, akid: 1 }],
  ["an object as API key", { sid: undefined, akid: { not: "" } }],
  ["a list as API key", { sid: undefined, akid: ["key"] }],
  ["an API key of another form", { sid: undefined, akid: "a b" }],
  ["jti of another form", { jti: "a b" }],
  ["iat in the future", { iat: now + 60, exp: now + 600 }],
  ["iat as text", { iat: String(now) }],
  ["iat with a fraction", { iat: now - 0.5 }],
  ["nbf in the future", { nbf: now + 60 }],
  ["nbf null", { nbf: null }],
  ["exp as text", { exp: String(now + 600) }],
  ["exp with a fraction", { exp: now + 600.5 }],
  ["exp in milliseconds", { exp: Date.now() + 600_000 }],
  ["a longer life than ours", { exp: now + 3_600 }],
  ["scope as a list", { scope: ["tasks:read"] }],
];

const wrongTokens: [string, Forgery][] = [
  ["text", () => "token"],
  ["dots only", () => ".."],
  ["four dots", () => "...."],
  ["one segment", async () => (await good()).split(".")[0] ?? ""],
  ["two segments", async () => (await good()).split(".").slice(0, 2).join(".")],
  ["four segments", async () => `${await good()}.AA`],
  ["five segments", async () => `${await good()}.AA.AA`],
  ["no signature", async () => (await good()).replace(/[^.]+$/, "")],
  ["another signature", async () => (await good()).replace(/[^.]+$/, "A".repeat(86))],
  ["a short signature", async () => (await good()).slice(0, -4)],
  ["a long signature", async () => `${await good()}AAAA`],
  ["padding", async () => `${await good()}==`],
  ["an unused bit set", async () => nextLastCharacter(await good())],
  ["S plus L", async () => malleated(await good())],
  ["another payload", async () => withPayload(await good(), { ...claimsFor(user), sub: "other" })],
  [
    "more than 4 KiB",
    () => forge(key, { payload: { ...claimsFor(user), pad: "x".repeat(4_096) } }),
  ],
  ["a payload that is a list", () => forge(key, { payload: [claimsFor(user)] })],
  ["a payload that is not UTF-8", async () => withRawPayload(await good(), Buffer.from([0xff]))],
  ["a claim twice", () => forge(key, { payload: twice(claimsFor(user)) })],
  ["1e400 as end", () => forge(key, { payload: withNumber("exp", "1e400") })],
  [
    "a key nobody published",
    async () => forge({ ...(await strangerKey()), id: key.id }, { payload: claimsFor(user) }),
  ],
  ["HS256 with the public key", () => hmacWithPublicKey()],
  ["a session token", () => user.sessionToken],
  [
    "a signed cookie",
    () => decodeURIComponent(cookieFor(user).split("=")[1] ?? "").replace(/=*$/, ""),
  ],
];

describe("a token is invalid", () => {
  it.each(wrongHeaders)("with %s in its header", async (_name, header) => {
    await expectInvalid(await forge(key, { header: header(), payload: claimsFor(user) }));
  });

  it.each(wrongClaims)("with %s", async (_name, claims) => {
    await expectInvalid(await forge(key, { payload: { ...claimsFor(user), ...claims } }));
  });

  it.each(wrongTokens)("that is %s", async (_name, make) => {
    await expectInvalid(await make());
  });

  it("whose session is another user's", async () => {
    const other = await createUser();
    await expectInvalid(await tokenFor({ ...user, sessionId: other.sessionId }));
  });

  it("whose user is deleted", async () => {
    const gone = await createUser();
    const token = await tokenFor(gone);
    await database().user.delete({ where: { id: gone.id } });
    await expectInvalid(token);
  });

  it("whose session has expired", async () => {
    const gone = await createUser();
    await database().session.update({
      where: { id: gone.sessionId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    await expectInvalid(await tokenFor(gone));
  });

  it.each([
    ["P-256", "ES256"],
    ["P-521", "ES512"],
  ])("when it is signed with a published key on %s", async (_curve, algorithm) => {
    const pair = await generateKeyPair(algorithm, { extractable: true });
    const id = randomText();
    const publicKey = JSON.stringify(await exportJWK(pair.publicKey));
    await database().jwks.create({
      data: { id, publicKey, privateKey: "none", createdAt: new Date() },
    });
    const token = await new SignJWT(claimsFor(user))
      .setProtectedHeader({ alg: algorithm, kid: id })
      .sign(pair.privateKey);
    await expectInvalid(token);
    await expectInvalid(
      await forge({ ...(await strangerKey()), id }, { payload: claimsFor(user) }),
    );
  });
});

describe("time", () => {
  it("says of an otherwise good token that it has expired", async () => {
    const claims = { ...claimsFor(user), iat: now - 600, exp: now - 60 };
    expect(await use(await forge(key, { payload: claims }))).toMatchObject({
      status: 401,
      code: "token_expired",
      challenge: invalidToken,
    });
  });

  it("says no such thing of a bad one", async () => {
    const claims = { ...claimsFor(user), iat: now - 600, exp: now - 60 };
    const forged = await forge({ ...(await strangerKey()), id: key.id }, { payload: claims });
    await expectInvalid(forged);
    await expectInvalid(await forge(key, { payload: { ...claims, aud: "other" } }));
  });

  it("tolerates clocks that differ by a few seconds", async () => {
    const seconds = Math.floor(Date.now() / 1_000);
    const early = { ...claimsFor(user), iat: seconds + 4, exp: seconds + 600 };
    const late = { ...claimsFor(user), iat: seconds - 600, exp: seconds - 3 };
    expect((await use(await forge(key, { payload: early }))).status).toBe(200);
    expect((await use(await forge(key, { payload: late }))).status).toBe(200);
  });
});

describe("while the database is away", () => {
  it("a good token is neither accepted nor refused, and a bad one is refused all the same", async () => {
    const token = await tokenFor(await createUser(), {});
    await use(await tokenFor(user));
    const here = database();
    shareDatabase(
      createDatabase(new PrismaPg({ connectionString: "postgres://nobody@127.0.0.1:1/none" })),
    );
    try {
      const answer = await use(token);
      expect(answer).toMatchObject({ status: 503, code: "unavailable" });
      await expectInvalid((await good()).replace(/[^.]+$/, "A".repeat(86)));
    } finally {
      shareDatabase(here);
    }
    expect((await use(token)).status).toBe(200);
  });
});

async function expectInvalid(token: string): Promise<void> {
  expect(await use(token)).toMatchObject({
    status: 401,
    code: "invalid_token",
    challenge: invalidToken,
  });
}

function use(token: string) {
  return ask({ Authorization: `Bearer ${token}` });
}

async function ask(headers: Record<string, string>, handler = reader) {
  const request = new Request("http://localhost:3000/api/tasks", { headers });
  const response = await handler(request, { params: Promise.resolve({}) });
  const body = await response.json();
  return {
    status: response.status,
    body,
    code: body.code,
    challenge: response.headers.get("www-authenticate"),
  };
}

function good(): Promise<string> {
  return forge(key, { payload: claimsFor(user) });
}

async function strangerKey() {
  const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
  return { id: randomText(), privateKey };
}

function twice(claims: object): string {
  return JSON.stringify(claims).replace("{", `{"sub":"${user.id}",`);
}

function withNumber(name: string, digits: string): string {
  return JSON.stringify({ ...claimsFor(user), [name]: 0 }).replace(
    `"${name}":0`,
    `"${name}":${digits}`,
  );
}

function withPayload(token: string, payload: object): string {
  return withRawPayload(token, Buffer.from(encode(payload), "base64url"));
}

function withRawPayload(token: string, payload: Buffer): string {
  const [header, , signature] = token.split(".");
  return [header, payload.toString("base64url"), signature].join(".");
}

/** The last of 86 characters has four bits that say nothing. */
function nextLastCharacter(token: string): string {
  return token.slice(0, -1) + String.fromCharCode(token.charCodeAt(token.length - 1) + 1);
}

/** The same signature with the group's order added to S, which RFC 8032 demands to be refused. */
function malleated(token: string): string {
  const [header, payload, signature = ""] = token.split(".");
  const bytes = Buffer.from(signature, "base64url");
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString("hex")}`) + order;
  Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse().copy(bytes, 32);
  return [header, payload, bytes.toString("base64url")].join(".");
}

async function hmacWithPublicKey(): Promise<string> {
  const { publicKey } = await database().jwks.findUniqueOrThrow({ where: { id: key.id } });
  const signed = `${encode({ alg: "HS256", kid: key.id })}.${encode(claimsFor(user))}`;
  return `${signed}.${createHmac("sha256", publicKey).update(signed).digest("base64url")}`;
}

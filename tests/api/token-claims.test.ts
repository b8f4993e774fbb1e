import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { problemIn } from "@/tests/support/bodies";
import { encode, forge } from "@/tests/support/forgery";
import { signSegments } from "@/tests/support/sign-segments";
import { expectGood, expectInvalid, tokenAnswer } from "@/tests/support/token-answer";
import { claimsFor, publishKey } from "@/tests/support/tokens";
import { createUser, type SignedIn } from "@/tests/support/users";

const tokenLifeSeconds = 900;
const site = "http://localhost:3000";

let user: SignedIn;
let other: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;

beforeAll(async () => {
  [user, other] = [await createUser(), await createUser()];
  key = await publishKey();
  await expectGood(await tokenWith({}), user);
  await expectGood(await tokenWith({ sub: other.id, sid: other.sessionId }), other);
});

afterEach(() => vi.useRealTimers());

const seconds = () => Math.floor(Date.now() / 1_000);

const noTimes = [
  ...["1e400", "-1e400", "1e999999", "9007199254740993", "-9007199254740993", "1e21"],
  ...["0.5", "1e-1", `${seconds()}.5`, `${seconds()}.000001`, `${Date.now()}`, `${Date.now()}000`],
  ...[`"${seconds()}"`, '""', '"now"', `"${new Date().toISOString()}"`, '"Infinity"', '"0x10"'],
  ...["null", "true", "false", "[]", `[${seconds()}]`, "{}", '{"not":""}', '{"$gt":0}'],
];

describe("a time is a whole number of seconds:", () => {
  it.each(noTimes)("%s is none, as beginning, first moment or end", async (digits) => {
    for (const name of ["iat", "nbf", "exp"]) {
      await expectInvalid(await tokenWithNumber(name, digits), name);
    }
  });

  it("a whole number may be written with a point or an exponent", async () => {
    await expectGood(await tokenWithNumber("iat", `${seconds()}.0`), user);
    await expectGood(await tokenWithNumber("exp", `${(seconds() + 600) / 10}e1`), user);
  });

  it("a life as long as ours is good, and longer by a second is not, whenever it began", async () => {
    for (const iat of [seconds(), seconds() - 600, seconds() + 4]) {
      await expectGood(await tokenWith({ iat, exp: iat + tokenLifeSeconds }), user);
      await expectInvalid(await tokenWith({ iat, exp: iat + tokenLifeSeconds + 1 }));
    }
    await expectInvalid(await tokenWith({ iat: 0, exp: seconds() + 60 }));
    await expectInvalid(await tokenWith({ iat: -(2 ** 53 - 1), exp: 2 ** 53 - 1 }));
  });

  it.each([
    ["a minute ago", () => ({ iat: seconds() - 600, exp: seconds() - 60 })],
    ["just beyond what is tolerated", () => ({ iat: seconds() - 600, exp: seconds() - 6 })],
    ["years ago", () => ({ iat: 1, exp: 2 })],
    ["before time", () => ({ iat: -10, exp: -5 })],
  ])("an end %s has passed", async (_name, times) => {
    const answer = await tokenAnswer(await tokenWith(times()));
    expect(problemIn(answer)).toMatchObject({ status: 401, code: "token_expired" });
  });

  it.each([
    ["an end before its issue", () => ({ iat: seconds() + 4, exp: seconds() + 2 })],
    [
      "an end a second before its issue, both just past",
      () => ({ iat: seconds(), exp: seconds() - 1 }),
    ],
    ["an end long before its issue", () => ({ iat: seconds(), exp: seconds() - 60 })],
    ["an end at the moment of its issue", () => ({ iat: seconds() + 3, exp: seconds() + 3 })],
    ["no time at all", () => ({ iat: 0, exp: 0 })],
    ["an end before its first moment", () => ({ nbf: seconds() + 4, exp: seconds() + 2 })],
    ["an end at its first moment", () => ({ nbf: seconds() + 3, exp: seconds() + 3 })],
    [
      "an end before its first moment, which it was issued after",
      () => ({
        iat: seconds() - 600,
        nbf: seconds(),
        exp: seconds() - 3,
      }),
    ],
  ])("a token with %s is refused, whatever is tolerated", async (_name, times) => {
    await expectInvalid(await tokenWith(times()));
  });

  it("a life of one second is good, and so is a first moment before or after the issue", async () => {
    await expectGood(await tokenWith({ iat: seconds() + 3, exp: seconds() + 4 }), user);
    await expectGood(await tokenWith({ nbf: seconds() + 3, exp: seconds() + 4 }), user);
    await expectGood(await tokenWith({ nbf: seconds() - 600 }), user);
    await expectGood(
      await tokenWith({ iat: seconds() - 600, nbf: seconds(), exp: seconds() + 60 }),
      user,
    );
  });

  it.each(["iat", "nbf"])("%s may lie five seconds ahead and no more", async (name) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await expectGood(await tokenWith({ [name]: seconds() + 5 }), user);
    await expectInvalid(await tokenWith({ [name]: seconds() + 6 }));
    await expectInvalid(await tokenWith({ [name]: 2 ** 53 - 1 }));
  });
});

const noTexts = [undefined, null, "", " ", true, false, 0, 1, [], [""], {}, { not: "" }];

describe("who it is for is said in one text:", () => {
  it.each([
    ...noTexts,
    ...[
      `${site}/api/`,
      `${site}/API`,
      `${site}/Api`,
      `${site}//api`,
      `${site}/api?`,
      `${site}/api#`,
    ],
    ...[
      `${site}/ap`,
      `${site}/apis`,
      `${site}/api/tasks`,
      `${site}`,
      `${site}/`,
      "/api",
      "api",
      "*",
    ],
    ...[` ${site}/api`, `${site}/api `, `${site}/api\0`, `${site}/api\n`, `${site}:3000/api`],
    ...["http://localhost/api", "https://localhost:3000/api", "http://127.0.0.1:3000/api"],
    ...[
      "HTTP://localhost:3000/api",
      "http://LOCALHOST:3000/api",
      `${site}/%61pi`,
      `${site}/\u0430pi`,
    ],
    ...[[`${site}/api`], [`${site}/api`, "x"], ["x", `${site}/api`], { 0: `${site}/api` }],
    ...[`${site}/api ${site}/api`, `${site}/api,x`],
  ])("not %j", async (aud) => {
    await expectInvalid(await tokenWith({ aud }));
  });
});

describe("who made it is said in one text:", () => {
  it.each([
    ...noTexts,
    ...[`${site}/`, `${site}/api`, `${site} `, ` ${site}`, `${site}\0`, `${site}.example.com`],
    ...["http://localhost", "http://localhost:300", "http://localhost:30000", "localhost:3000"],
    ...[
      "https://localhost:3000",
      "HTTP://localhost:3000",
      "http://LOCALHOST:3000",
      "http://\uff4cocalhost:3000",
    ],
    ...[`http://user@localhost:3000`, `${site}?`, `${site}#`, [site], [site, site], { iss: site }],
    ...["https://accounts.google.com", "https://github.com"],
  ])("not %j", async (iss) => {
    await expectInvalid(await tokenWith({ iss }));
  });
});

const noIds = [
  ...noTexts,
  ...[
    { contains: "" },
    { in: [] },
    { startsWith: "" },
    [[]],
    1.5,
    -1,
    "a b",
    "a.b",
    "a/b",
    "a%",
    "'",
  ],
  ...["\0", "x\0", "\u{1f600}", "%", "../x", "' OR 1=1 --", "x".repeat(129)],
];

describe("an id is a text of ids' form:", () => {
  it.each(noIds)("%j is not a subject, session, API key or token id", async (value) => {
    await expectInvalid(await tokenWith({ sub: value }), "sub");
    await expectInvalid(await tokenWith({ sid: value }), "sid");
    await expectInvalid(await tokenWith({ sid: undefined, akid: value }), "akid");
    await expectInvalid(await tokenWith({ jti: value }), "jti");
  });

  it("the id of another, in any form of his, is not the subject's", async () => {
    await expectInvalid(await tokenWith({ sub: other.id }));
    await expectInvalid(await tokenWith({ sid: other.sessionId }));
    for (const sub of [other.id, user.id.toUpperCase(), `${user.id}_`, user.id.slice(1)]) {
      await expectInvalid(await tokenWith({ sub }), sub);
    }
    for (const sub of [[user.id], { id: user.id }, { equals: user.id }, ` ${user.id}`]) {
      await expectInvalid(await tokenWith({ sub }), JSON.stringify(sub));
    }
    await expectInvalid(await tokenWith({ sub: user.email }));
    await expectInvalid(await tokenWith({ sid: user.sessionToken }));
    await expectInvalid(await tokenWith({ sub: user.sessionId, sid: user.id }));
  });
});

describe("scopes are one text:", () => {
  it.each([null, 1, true, ["tasks:read"], { "tasks:read": true }])("not %j", async (scope) => {
    await expectInvalid(await tokenWith({ scope }));
  });

  it.each([
    ...["", " ", "tasks", "tasks:", "tasks:*", "*", "TASKS:READ", "tasks:write", "xtasks:read"],
    ...["tasks:read,tasks:write", "tasks:read\ttasks:write", "tasks:read\0", "tasks:reads"],
    undefined,
  ])("%j does not say tasks:read", async (scope) => {
    const answer = await tokenAnswer(await tokenWith({ scope }));
    expect(problemIn(answer)).toMatchObject({ status: 403, code: "insufficient_scope" });
  });
});

function tokenWith(claims: object): Promise<string> {
  return forge(key, { payload: { ...claimsFor(user), ...claims } });
}

/** A token with a claim whose text JavaScript would not write. */
function tokenWithNumber(name: string, digits: string): Promise<string> {
  const claims = JSON.stringify({ ...claimsFor(user), [name]: "here" }).replace('"here"', digits);
  return signSegments(key, `${encode({ alg: "EdDSA", kid: key.id })}.${encode(claims)}`);
}

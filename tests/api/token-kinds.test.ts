import { createHmac } from "node:crypto";
import { generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { issueOneTimeToken, type Purpose } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { call, type Sent } from "@/tests/support/api";
import { createKeyFor } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { oauthErrorIn, poll, postForm, startDevice } from "@/tests/support/devices";
import { encode, forge } from "@/tests/support/forgery";
import { expectGood, expectInvalid } from "@/tests/support/token-answer";
import { claimsFor, publishKey, tokenFor } from "@/tests/support/tokens";
import { cookieFor, createUser, type SignedIn } from "@/tests/support/users";

const purposes: Purpose[] = ["verify-email", "reset-password", "change-email", "second-step"];
const site = "http://localhost:3000";

let user: SignedIn;
let key: Awaited<ReturnType<typeof publishKey>>;
let token: string;

beforeAll(async () => {
  user = await createUser();
  key = await publishKey();
  token = await tokenFor(user);
  await expectGood(token, user);
});

describe("no other credential is a bearer token:", () => {
  it.each(purposes)("not the token of a link or a step, made to %s", async (purpose) => {
    await expectInvalid(await issueOneTimeToken(user.id, purpose, 3_600, user.email));
  });

  it("not a session's token, its id or its cookie, in any wrapping", async () => {
    const cookie = decodeURIComponent(cookieFor(user).split("=")[1] ?? "");
    const unpadded = cookie.replace(/=*$/, "");
    for (const text of [user.sessionToken, user.sessionId, unpadded, encode(cookie)]) {
      await expectInvalid(text);
    }
    await expectInvalid([encode({ alg: "EdDSA", kid: key.id }), encode(cookie), "AA"].join("."));
  });

  it("not an API key, or either code of a device", async () => {
    const { key: apiKey, id } = await createKeyFor(user);
    const { deviceCode, userCode } = await startDevice();
    for (const text of [apiKey, id, deviceCode, userCode]) {
      await expectInvalid(text);
    }
  });

  const { sub, email } = { sub: "1", email: "someone@example.test" };
  const others: [string, () => object][] = [
    ["an id token for a client", () => ({ aud: "todo-cli", nonce: "n", auth_time: 1 })],
    ["an id token for this site", () => ({ aud: site, azp: "todo-cli", at_hash: "h" })],
    ["an id token of Google", () => ({ iss: "https://accounts.google.com", aud: "client" })],
    ["a logout token", () => ({ aud: "todo-cli", events: { logout: {} } })],
    [
      "a token to confirm an address",
      () => ({ aud: undefined, sid: undefined, email, sub: email }),
    ],
    ["a cached session", () => ({ aud: undefined, iss: undefined, session: { userId: user.id } })],
    [
      "a token of Better Auth's defaults",
      () => ({ aud: site, iss: site, sid: undefined, jti: undefined }),
    ],
    ["a token without a session", () => ({ sid: undefined })],
    ["a token of a provider's user", () => ({ iss: "https://github.com", sub })],
  ];

  it.each(others)("not %s, even signed with our key", async (_name, claims) => {
    await expectInvalid(await forge(key, { payload: { ...claimsFor(user), ...claims() } }));
  });

  it("not an id token as a provider signs it", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const claims = { iss: "https://accounts.google.com", aud: "client", sub: user.id, email };
    const signing = new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "g", typ: "JWT" });
    await expectInvalid(await signing.setExpirationTime("1h").sign(privateKey));
  });

  it("not what the secret signs", async () => {
    const secret = Buffer.from(process.env.BETTER_AUTH_SECRET ?? "");
    for (const kid of [undefined, key.id]) {
      const signing = new SignJWT(claimsFor(user));
      const header = { alg: "HS256", typ: "JWT", ...(kid && { kid }) };
      await expectInvalid(await signing.setProtectedHeader(header).sign(secret));
    }
  });
});

describe("a bearer token does not serve as another credential:", () => {
  it("no session, as it stands, signed as a cookie, or as a cached session", async () => {
    const secret = process.env.BETTER_AUTH_SECRET ?? "";
    const mac = createHmac("sha256", secret).update(token).digest("base64");
    const names = ["evo-todo-3000.session_token", "__Host-evo-todo.session_token"];
    const values = [
      token,
      `${token}.${mac}`,
      cookieFor({ sessionToken: token }).split("=")[1] ?? "",
    ];
    const cookies = names.flatMap((name) =>
      values.map((value) => `${name}=${encodeURIComponent(decodeURIComponent(value))}`),
    );
    cookies.push(`evo-todo-3000.session_data=${token}`, `token=${token}`, `jwt=${token}`);
    for (const cookie of cookies) {
      expect(await signedIn({ headers: { Cookie: cookie } }), cookie).toBe(false);
    }
    expect(await signedIn({ token })).toBe(false);
    expect(await signedIn({ headers: { Cookie: cookieFor(user) } })).toBe(true);
  });

  it.each(["/verify-email", "/reset-password", "/confirm-email-change"])(
    "no link's token, at %s",
    async (path) => {
      const body = {
        token,
        ...(path === "/reset-password" && { newPassword: "nine blue owls nap" }),
      };
      const headers = { Cookie: cookieFor(user) };
      const answer = await call("POST", `/api/auth${path}`, { body, headers });
      expect(problemIn(answer)).toMatchObject({ status: 400 });
      const stored = await database().user.findUniqueOrThrow({ where: { id: user.id } });
      expect(stored).toMatchObject({ email: user.email, emailVerified: false });
    },
  );

  it("no API key, no device's code and no refresh token", async () => {
    const asKey = await call("POST", "/api/token", { headers: { "x-api-key": token } });
    expect(problemIn(asKey)).toMatchObject({ status: 401, code: "invalid_token" });
    expect(oauthErrorIn(await poll(token))).toBe("invalid_grant");
    const refreshed = await postForm("/device/token", {
      grant_type: "refresh_token",
      refresh_token: token,
    });
    expect(oauthErrorIn(refreshed)).toBe("invalid_grant");
  });
});

async function signedIn(sent: Sent): Promise<boolean> {
  const session = await call("GET", "/api/auth/get-session", sent);
  const fetched = await call("GET", "/api/auth/token", sent);
  expect(fetched.status).toBe(session.body === null ? 401 : 200);
  return session.body !== null;
}

import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { beginAuthenticatorApp } from "@/lib/account/two-step";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { newKey } from "@/tests/support/api-keys";
import { createCookieJar } from "@/tests/support/cookies";
import { startDevice } from "@/tests/support/devices";
import { createAuthenticator } from "@/tests/support/passkey";
import { codeOf } from "@/tests/support/two-step";
import { cookieFor, createSession, createUser, type SignedIn } from "@/tests/support/users";
import { setUpWaysIn } from "@/tests/support/ways-in";

type RequestedChange = { path: string; body: unknown; headers?: Record<string, string> };

// Requests are counted between the look at their session and what they change: that is the moment.
vi.hoisted(() => vi.stubEnv("RATE_LIMIT_PER_MINUTE", "600"));
// The first request loads the route.
beforeAll(() => call("GET", "/api/auth/ok"));
afterEach(() => run(`DROP FUNCTION IF EXISTS "endSession" CASCADE`));

const newPassword = "five brown herons sleep";

/** Each change of what protects an account, ready to be asked for. */
const changes: Record<string, (person: SignedIn) => Promise<RequestedChange>> = {
  "a new API key": async () => ({ path: "/api-key/create", body: newKey }),
  "a first password": async () => ({ path: "/set-password", body: { newPassword } }),
  "an authenticator app that is begun": async ({ id }) => {
    await database().twoStep.deleteMany({ where: { userId: id } });
    return { path: "/two-factor/enable", body: { method: "totp" } };
  },
  "the first code of an app": async (person) => {
    const { secret } = await beginAuthenticatorApp(person, person.sessionId);
    return { path: "/two-factor/confirm", body: { code: codeOf(secret) } };
  },
  "turning two-step sign-in on by passkey": async ({ id }) => {
    await database().twoStep.deleteMany({ where: { userId: id } });
    return { path: "/two-factor/enable", body: { method: "passkey" } };
  },
  "turning it off": async () => ({ path: "/two-factor/disable", body: {} }),
  "new recovery codes": async () => ({ path: "/two-factor/generate-backup-codes", body: {} }),
  "another passkey": async (person) => {
    const jar = createCookieJar(cookieFor(person));
    const headers = jar.headers();
    const begun = await call("POST", "/api/auth/passkey/generate-register-options", { headers });
    jar.keep(begun);
    const response = createAuthenticator().register(begun.body);
    return { path: "/passkey/verify-registration", body: { response }, headers: jar.headers() };
  },
  "the removal of a passkey": async ({ id }) => {
    await database().twoStep.deleteMany({ where: { userId: id } });
    const passkey = await database().passkey.findFirstOrThrow({ where: { userId: id } });
    return { path: "/passkey/delete-passkey", body: { id: passkey.id } };
  },
  "the end of a link to a provider": async () => ({
    path: "/unlink-account",
    body: { providerId: "github" },
  }),
  "letting a device in": async () => ({
    path: "/device/approve",
    body: (await startDevice()).approval,
  }),
  "another address": async ({ id, email }) => {
    const token = await issueOneTimeToken(id, "change-email", 60, `new-${email}`);
    return { path: "/confirm-email-change", body: { token } };
  },
  "the end of the other sessions": async ({ id }) => {
    await createSession(id);
    return { path: "/revoke-other-sessions", body: {} };
  },
};

it.each(Object.entries(changes))(
  "%s comes to nothing when its session ends at that very moment",
  async (_name, prepare) => {
    const person = await createUser();
    await setUpWaysIn(person.id);
    const { path, body, headers = { Cookie: cookieFor(person) } } = await prepare(person);
    const before = await keptOf(person);
    await endSessionWhenCounted(person);
    const answer = await call("POST", `/api/auth${path}`, { headers, body });
    expect(answer.status).toBe(401);
    expect(await keptOf(person)).toEqual(before);
    expect(await database().session.count({ where: { id: person.sessionId } })).toBe(0);
  },
);

/** All that lets a person in, but the session that asks. */
async function keptOf({ id, sessionId }: SignedIn) {
  const where = { userId: id };
  return {
    email: (await database().user.findUniqueOrThrow({ where: { id } })).email,
    accounts: await database().account.findMany({ where, orderBy: { id: "asc" } }),
    passkeys: await database().passkey.findMany({ where }),
    twoStep: await database().twoStep.findUnique({ where }),
    recoveryCodes: await database().recoveryCode.findMany({ where }),
    apiKeys: await database().apiKey.findMany({ where }),
    devices: await database().deviceRequest.findMany({ where }),
    tokens: await database().oneTimeToken.findMany({ where }),
    otherSessions: await database().session.count({ where: { ...where, id: { not: sessionId } } }),
  };
}

/** Ends a session in the statement that counts its request. */
async function endSessionWhenCounted({ sessionId }: SignedIn): Promise<void> {
  await run(`CREATE FUNCTION "endSession"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM "session" WHERE "id" = '${sessionId}';
      RETURN NEW;
    END $$`);
  await run(`CREATE TRIGGER "atThatMoment" AFTER INSERT OR UPDATE ON "rateLimit"
    FOR EACH ROW EXECUTE FUNCTION "endSession"()`);
}

async function run(sql: string): Promise<void> {
  await database().$executeRawUnsafe(sql);
}

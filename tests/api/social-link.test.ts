import { describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { settleMail } from "@/lib/mail/send-mail";
import { call } from "@/tests/support/api";
import { postAs } from "@/tests/support/api-keys";
import { problemIn } from "@/tests/support/bodies";
import { cookiesSetBy } from "@/tests/support/cookies";
import {
  agree,
  begin,
  comeBack,
  failureOf,
  type Kind,
  link,
  origin,
  serveProviders,
  signIn,
  someone,
  stateOf,
} from "@/tests/support/provider-visits";
import type { Trouble } from "@/tests/support/providers";
import { textOfDatabase } from "@/tests/support/text-of-database";
import { cookieFor, createUser, randomText, type SignedIn } from "@/tests/support/users";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
await vi.hoisted(() => import("@/tests/support/provider-settings"));

serveProviders();

describe("linking a provider", () => {
  it("that is in progress when its account is deleted leaves no data of the person, wherever it would lead", async () => {
    const [user, other] = [await createUser(), await createUser()];
    const callbackURL = `/settings?"userId":"${other.id}"`;
    await begin("github", { callbackURL }, user);
    await begin("github", {}, other);
    expect((await postAs(user, "/delete-user", {})).status).toBe(200);
    expect(await textOfDatabase()).not.toContain(user.id);
    const left = await database().verification.findMany();
    expect(left.filter(({ value }) => value.includes(other.id))).toHaveLength(1);
  });

  it("adds a way of signing in, for a confirmed account also with another address", async () => {
    const user = await createUser();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
    const identity = someone();
    const answer = await link("github", user, identity);
    expect(answer.headers.get("location")).toBe(`${origin}/settings/security`);
    expect(answer.headers.getSetCookie().join()).not.toContain("session_token");
    const session = await call("GET", "/api/auth/get-session", {
      headers: cookiesSetBy(await signIn("github", identity)),
    });
    expect(session.body).toMatchObject({ user: { id: user.id, email: user.email } });
  });

  it("is announced by mail, and so is its end, but not a refused link", async () => {
    const user = await createUser();
    await failureOf(link("google", user, someone()), "/settings/security");
    await link("google", user, someone(user.email));
    expect((await mail.next(user.email)).subject).toBe("Another way to sign in was added");
    await link("github", user, someone(user.email));
    expect((await mail.next(user.email)).subject).toBe("Another way to sign in was added");
    expect((await unlink(user, "google")).status).toBe(200);
    expect((await mail.next(user.email)).subject).toBe("A way to sign in was removed");
    await settleMail(10_000);
    expect(mail.all(user.email)).toEqual([]);
  });

  it("needs an address that is confirmed here, or the same one confirmed there", async () => {
    const user = await createUser();
    const failure = await failureOf(link("google", user, someone()), "/settings/security");
    expect(failure).toBe("own_address_not_confirmed");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);
    await link("google", user, someone(user.email));
    expect(await database().account.count({ where: { userId: user.id } })).toBe(1);
  });

  it("refuses an address that the provider has not confirmed", async () => {
    const user = await createUser();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
    const failure = await failureOf(
      link("github", user, { ...someone(user.email), verified: false }),
      "/settings/security",
    );
    expect(failure).toBe("provider_address_not_confirmed");
  });

  it("refuses an identity that another account is linked to", async () => {
    const identity = someone();
    await signIn("github", identity);
    const user = await createUser();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
    const failure = await failureOf(link("github", user, identity), "/settings/security");
    expect(failure).toBe("linked_elsewhere");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);
  });

  it("requires that the person is still signed in", async () => {
    const user = await createUser();
    const { cookies, url } = await begin("github", {}, user);
    const query = { state: stateOf(url), code: agree(url, someone(user.email)) };
    await database().session.delete({ where: { id: user.sessionId } });
    expect(await failureOf(comeBack("github", query, cookies))).toBe("signed_out");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);
  });

  it.each([
    ["while the provider is asked", endsMeanwhile],
    ["at the moment the link is stored", endsWithTheLink],
  ])("comes to nothing when the session ends %s", async (_when, arrange) => {
    const user = await createUser();
    const { cookies, url } = await begin("github", {}, user);
    const trouble = await arrange(user);
    const query = { state: stateOf(url), code: agree(url, someone(user.email), trouble) };
    expect(await failureOf(comeBack("github", query, cookies))).toBe("signed_out");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);
    await database().$executeRaw`DROP FUNCTION IF EXISTS "endSessions" CASCADE`;
  });

  it("requires a recent sign-in", async () => {
    const user = await createUser();
    const createdAt = new Date(Date.now() - 16 * 60_000);
    await database().session.update({ where: { id: user.sessionId }, data: { createdAt } });
    for (const [path, body] of [
      ["link-social", { provider: "github" }],
      ["unlink-account", { providerId: "github" }],
    ] as const) {
      const headers = { Cookie: cookieFor(user) };
      const answer = await call("POST", `/api/auth/${path}`, { headers, body });
      expect(problemIn(answer).code).toBe("recent_sign_in_required");
    }
  });
});

describe("unlinking a provider", () => {
  it("never removes the last way of signing in, however many requests come at once", async () => {
    const user = await createUser();
    await link("github", user, someone(user.email));
    await link("google", user, someone(user.email));
    const answers = await Promise.all([unlink(user, "github"), unlink(user, "google")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [left] = await database().account.findMany({ where: { userId: user.id } });
    const again = await unlink(user, left?.providerId === "github" ? "github" : "google");
    expect(problemIn(again).code).toBe("conflict");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(1);
  });

  it("is possible with a password or a passkey", async () => {
    const user = await createUser();
    await link("github", user, someone(user.email));
    await database().account.create({
      data: {
        id: randomText(),
        accountId: user.id,
        providerId: "credential",
        userId: user.id,
        password: "hash",
      },
    });
    expect((await unlink(user, "github")).body).toEqual({ status: true });
    expect((await unlink(user, "github")).status).toBe(404);
  });
});

async function endsMeanwhile({ sessionId: id }: SignedIn): Promise<Trouble> {
  return { meanwhile: () => database().session.delete({ where: { id } }) };
}

async function endsWithTheLink(): Promise<Trouble> {
  await database().$executeRaw`
    CREATE FUNCTION "endSessions"() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN DELETE FROM "session" WHERE "userId" = NEW."userId"; RETURN NEW; END $$`;
  await database().$executeRaw`
    CREATE TRIGGER "endSessions" BEFORE INSERT ON "account"
    FOR EACH ROW EXECUTE FUNCTION "endSessions"()`;
  return {};
}

function unlink(user: SignedIn, providerId: Kind) {
  const headers = { Cookie: cookieFor(user) };
  return call("POST", "/api/auth/unlink-account", { headers, body: { providerId } });
}

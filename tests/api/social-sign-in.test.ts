import { describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { settleMail } from "@/lib/mail/send-mail";
import { call } from "@/tests/support/api";
import { cookiesSetBy } from "@/tests/support/cookies";
import {
  agree,
  begin,
  comeBack,
  failureOf,
  link,
  origin,
  serveProviders,
  signIn,
  someone,
  stateOf,
  userOf,
} from "@/tests/support/provider-visits";
import { cookieFor, createUser, randomAddress } from "@/tests/support/users";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));
await vi.hoisted(() => import("@/tests/support/provider-settings"));

serveProviders();

describe.each(["github", "google"] as const)("signing in with %s", (provider) => {
  it("makes an account that is signed in, and nothing else", async () => {
    const identity = someone();
    const answer = await signIn(provider, identity);
    expect(answer.headers.get("location")).toBe(`${origin}/tasks`);
    const user = await userOf(identity);
    expect(user).toMatchObject({ name: "Ada", emailVerified: true, image: null });
    expect(await database().task.count({ where: { userId: user.id } })).toBe(0);
    const session = await call("GET", "/api/auth/get-session", { headers: cookiesSetBy(answer) });
    expect(session.body).toMatchObject({ user: { id: user.id } });
    expect(answer.headers.getSetCookie().join()).toContain("known_browser");
  });

  it("makes the onboarding tasks if a page asks for them, the first time only", async () => {
    const identity = someone();
    for (const _ of ["the first time", "the next"]) {
      const { cookies, url } = await begin(provider, { onboardingTasks: true });
      await comeBack(provider, { state: stateOf(url), code: agree(url, identity) }, cookies);
      const { id } = await userOf(identity);
      expect(await database().task.count({ where: { userId: id } })).toBe(5);
    }
  });

  it("signs the same person in again, whatever their address is by then", async () => {
    const identity = someone();
    await signIn(provider, identity);
    const { id } = await userOf(identity);
    const answer = await signIn(provider, { ...identity, email: someone().email, name: "Other" });
    const session = await call("GET", "/api/auth/get-session", { headers: cookiesSetBy(answer) });
    expect(session.body).toMatchObject({ user: { id, email: identity.email, name: "Ada" } });
    expect(await database().account.count({ where: { userId: id } })).toBe(1);
  });

  it("is announced by mail from a new browser, and neither from a trusted device nor the first time", async () => {
    const identity = someone();
    const first = await signIn(provider, identity);
    await signIn(provider, identity);
    expect((await mail.next(identity.email)).subject).toBe("New sign-in to your account");

    const { cookies, url } = await begin(provider);
    const query = { state: stateOf(url), code: agree(url, identity) };
    const known = `${cookies.Cookie}; ${cookiesSetBy(first).Cookie}`;
    const again = await comeBack(provider, query, { Cookie: known });
    expect(again.headers.get("location")).toBe(`${origin}/tasks`);
    await settleMail(10_000);
    expect(mail.all(identity.email)).toEqual([]);
  });

  it("makes an account with any legal address", async () => {
    for (const mailbox of ["o&m", "a/b", "a=b", "o'brien'", "-a+b"]) {
      const identity = someone(`${mailbox}${randomAddress()}`);
      const answer = await signIn(provider, identity);
      expect(answer.headers.get("location")).toBe(`${origin}/tasks`);
      expect(await userOf(identity)).toMatchObject({ email: identity.email, emailVerified: true });
    }
  });

  it("stores no token of the provider", async () => {
    const identity = someone();
    await signIn(provider, identity);
    await signIn(provider, identity);
    const { id } = await userOf(identity);
    const [account] = await database().account.findMany({ where: { userId: id } });
    expect(account).toMatchObject({
      providerId: provider,
      accountId: identity.id,
      accessToken: null,
      refreshToken: null,
      idToken: null,
      password: null,
    });
    expect(JSON.stringify(await database().verification.findMany())).not.toMatch(
      /access-|refresh-/,
    );
  });

  it("stores no mailed token that the browser was about to use", async () => {
    const token = "T".repeat(43);
    const callbackURL = `/confirm-email-change?token=${token}&x=1`;
    const { cookies, url } = await begin(provider, { callbackURL });
    expect(JSON.stringify(await database().verification.findMany())).not.toContain(token);
    const query = { state: stateOf(url), code: agree(url, someone()) };
    const answer = await comeBack(provider, query, cookies);
    expect(answer.headers.get("location")).toBe(`${origin}/confirm-email-change?x=1`);
  });

  it("signs nobody in whose address the provider has not confirmed", async () => {
    const identity = { ...someone(), verified: false };
    expect(await failureOf(signIn(provider, identity))).toBe("provider_address_not_confirmed");
    expect(await database().user.count({ where: { email: identity.email } })).toBe(0);
  });

  it("joins the account of an address that both sides have confirmed", async () => {
    const user = await createUser();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
    const answer = await signIn(provider, someone(user.email.toUpperCase()));
    const session = await call("GET", "/api/auth/get-session", { headers: cookiesSetBy(answer) });
    expect(session.body).toMatchObject({ user: { id: user.id } });
  });

  it.each([
    ["this site", false, true],
    ["the provider", true, false],
  ])("joins no account whose address %s has not confirmed", async (_name, ours, theirs) => {
    const user = await createUser();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: ours } });
    const failure = await failureOf(signIn(provider, { ...someone(user.email), verified: theirs }));
    expect(failure).toBe("account_exists");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);
    expect(await database().session.count({ where: { userId: user.id } })).toBe(1);
  });

  it("joins no account whose two-step sign-in is on until its person links it", async () => {
    const user = await createUser();
    await database().user.update({ where: { id: user.id }, data: { emailVerified: true } });
    await database().twoStep.create({ data: { userId: user.id, enabledAt: new Date() } });
    const identity = someone(user.email);
    expect(await failureOf(signIn(provider, identity))).toBe("account_exists");
    expect(await database().account.count({ where: { userId: user.id } })).toBe(0);

    await link(provider, user, identity);
    expect((await signIn(provider, identity)).headers.get("location")).toBe(`${origin}/tasks`);
  });

  it("accepts a callback once", async () => {
    const { cookies, url } = await begin(provider);
    const query = { state: stateOf(url), code: agree(url, someone()) };
    expect((await comeBack(provider, query, cookies)).headers.get("location")).toBe(
      `${origin}/tasks`,
    );
    expect(await failureOf(comeBack(provider, query, cookies))).toBe("expired");
  });

  it("works only in the browser that began it", async () => {
    const { url } = await begin(provider);
    const other = await begin(provider);
    const identity = someone();
    const query = { state: stateOf(url), code: agree(url, identity) };
    expect(await failureOf(comeBack(provider, query, { Cookie: "" }))).toBe("expired");
    expect(await failureOf(comeBack(provider, query, other.cookies))).toBe("expired");
    expect(await database().user.count({ where: { email: identity.email } })).toBe(0);
  });

  it("works only with the code of its own state", async () => {
    const [mine, other] = [await begin(provider), await begin(provider)];
    const code = agree(other.url, someone());
    vi.spyOn(console, "error").mockImplementation(() => {});
    const failure = await failureOf(
      comeBack(provider, { state: stateOf(mine.url), code }, mine.cookies),
    );
    vi.restoreAllMocks();
    expect(failure).toBe("provider_failed");
  });

  it.each([
    ["access_denied", "cancelled"],
    ["server_error", "provider_failed"],
    ["<script>", "provider_failed"],
  ])("says in our words what the provider means by %s", async (error, failure) => {
    const { cookies, url } = await begin(provider);
    const query = { state: stateOf(url), error, error_description: "Click here: evil.example" };
    const answer = await comeBack(provider, query, cookies);
    expect(answer.headers.get("location")).toBe(`${origin}/sign-in?error=${failure}`);
  });

  it("uses PKCE, and requests no more than the identity", async () => {
    const { url } = await begin(provider);
    const { searchParams } = new URL(url);
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("redirect_uri")).toBe(`${origin}/api/auth/callback/${provider}`);
    expect(searchParams.get("scope")?.split(" ").sort()).toEqual(
      provider === "github" ? ["read:user", "user:email"] : ["email", "openid", "profile"],
    );
  });

  it("replaces the previous session of the browser", async () => {
    const user = await createUser();
    const { cookies, url } = await begin(provider);
    const query = { state: stateOf(url), code: agree(url, someone()) };
    await comeBack(provider, query, { Cookie: `${cookies.Cookie}; ${cookieFor(user)}` });
    expect(await database().session.count({ where: { userId: user.id } })).toBe(0);
  });
});

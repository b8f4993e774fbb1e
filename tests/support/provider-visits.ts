import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect } from "vitest";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { type Answer, call } from "@/tests/support/api";
import { cookiesSetBy } from "@/tests/support/cookies";
import { fakeProviders, type Identity, type Trouble } from "@/tests/support/providers";
import { cookieFor, randomAddress, type SignedIn } from "@/tests/support/users";

export const origin = "http://localhost:3000";

export type Kind = "github" | "google";

/** What a person agrees to at a provider: a code. */
export const { agree, handlers } = fakeProviders();
const begun = z.strictObject({ url: z.url(), redirect: z.literal(true) });

/** Puts GitHub and Google on the network of a test file. */
export function serveProviders(): void {
  const network = setupServer(...handlers);
  beforeAll(() => network.listen({ onUnhandledRequest: "error" }));
  afterAll(() => network.close());
}

/** Somebody at a provider, with a confirmed address. */
export function someone(email = randomAddress()): Identity {
  const id = String(Math.floor(Math.random() * 1e9));
  return { id, email, verified: true, name: "Ada" };
}

/** The first half of a sign-in, or of a link for a person who is signed in. */
export async function begin(
  provider: Kind,
  members: { callbackURL?: string; onboardingTasks?: boolean } = {},
  user?: SignedIn,
) {
  const session = user ? cookieFor(user) : "";
  const answer = await call("POST", `/api/auth/${user ? "link-social" : "sign-in/social"}`, {
    headers: { Cookie: session },
    body: { provider, ...members },
  });
  const { Cookie } = cookiesSetBy(answer);
  return { url: begun.parse(answer.body).url, cookies: { Cookie: `${session}; ${Cookie}` } };
}

/** The second half: the browser comes back from the provider. */
export function comeBack(
  provider: Kind,
  query: Record<string, string>,
  headers: { Cookie: string },
) {
  return call("GET", `/api/auth/callback/${provider}?${new URLSearchParams(query)}`, { headers });
}

/** The whole way of a sign-in, to the page at its end. */
export async function signIn(
  provider: Kind,
  identity: Identity,
  trouble?: Trouble,
): Promise<Answer> {
  const { cookies, url } = await begin(provider);
  const code = agree(url, identity, trouble);
  return comeBack(provider, { state: stateOf(url), code, scope: "openid", hd: "x" }, cookies);
}

/** The whole way of a link to the account of the person who is signed in. */
export async function link(provider: Kind, user: SignedIn, identity: Identity): Promise<Answer> {
  const { cookies, url } = await begin(provider, {}, user);
  return comeBack(provider, { state: stateOf(url), code: agree(url, identity) }, cookies);
}

/** The code with which somebody lands on a page, without a session. */
export async function failureOf(
  coming: Promise<Answer>,
  page = "/sign-in",
): Promise<string | null> {
  const { status, headers } = await coming;
  const url = new URL(headers.get("location") ?? "");
  expect(status).toBe(302);
  expect(`${url.origin}${url.pathname}`).toBe(`${origin}${page}`);
  expect([...url.searchParams.keys()]).toEqual(["error"]);
  expect(headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/);
  return url.searchParams.get("error");
}

/** The state in the address of a provider. */
export function stateOf(url: string): string {
  return new URL(url).searchParams.get("state") ?? "";
}

/** The account of somebody from a provider. */
export function userOf({ email }: Identity) {
  return database().user.findUniqueOrThrow({ where: { email } });
}

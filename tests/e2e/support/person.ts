import { randomUUID } from "node:crypto";

/** Somebody who uses the app by its HTTP interface, with a cookie as a browser keeps it. */
export type Person = {
  email: string;
  password: string;
  cookie: string;
  token: string;
};

/** Signs a new person up and fetches a bearer token. */
export async function signUp(url: string): Promise<Person> {
  const account = await createAccount(url);
  return { ...account, token: await fetchToken(url, account.cookie) };
}

/** Signs a new person up and leaves it at the cookie. */
export async function createAccount(url: string): Promise<Omit<Person, "token">> {
  const email = `person-${randomUUID()}@example.com`;
  const password = `correct horse ${randomUUID()}`;
  const answer = await postJson(`${url}/api/auth/sign-up/email`, {
    name: "Robin",
    email,
    password,
  });
  await expectOk(answer);
  return { email, password, cookie: cookieOf(answer) };
}

/**
 * A new bearer token for a session.
 *
 * @param host the site's host, where the request reaches the process by another one
 */
export async function fetchToken(url: string, cookie: string, host?: string): Promise<string> {
  const headers = { cookie, ...(host && { "x-forwarded-host": host }) };
  const answer = await expectOk(await fetch(`${url}/api/auth/token`, { headers }));
  const { token }: { token: string } = await answer.json();
  return token;
}

/** A new API key with all scopes. */
export async function createApiKey(
  url: string,
  cookie: string,
): Promise<{ id: string; key: string }> {
  const body = {
    name: "nightly backup",
    scopes: ["tasks:read", "tasks:write"],
    expiresIn: 2_592_000,
  };
  return (
    await expectOk(await postJson(`${url}/api/auth/api-key/create`, body, { cookie }))
  ).json();
}

/** Sends JSON as a program does. */
export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

/** The header that carries a bearer token. */
export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}

async function expectOk(answer: Response): Promise<Response> {
  if (!answer.ok) {
    throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
  }
  return answer;
}

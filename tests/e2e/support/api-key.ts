import type { BrowserContext } from "@playwright/test";

const monthSeconds = 30 * 86_400;

/** Makes an API key of the person who is signed in in a browser. */
export async function makeApiKey(
  context: BrowserContext,
  scopes = ["tasks:read", "tasks:write"],
): Promise<string> {
  const data = { name: "From the guide", scopes, expiresIn: monthSeconds };
  const answer = await context.request.post("/api/auth/api-key/create", { data });
  if (!answer.ok()) {
    throw new Error(`Making a key answered ${answer.status()}.`);
  }
  const { key }: { key: string } = await answer.json();
  return key;
}

/** A bearer token for an API key. */
export async function exchangeApiKey(context: BrowserContext, key: string): Promise<string> {
  const answer = await context.request.post("/api/token", { headers: { "x-api-key": key } });
  if (!answer.ok()) {
    throw new Error(`The exchange answered ${answer.status()}.`);
  }
  const { token }: { token: string } = await answer.json();
  return token;
}

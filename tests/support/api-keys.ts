import { insertApiKey, type NewApiKey } from "@/lib/account/api-keys";
import { transaction } from "@/lib/db/client";
import { call } from "@/tests/support/api";
import { cookieFor, type SignedIn } from "@/tests/support/users";

/** The body that makes a key. */
export const newKey: NewApiKey = {
  name: "backup script",
  scopes: ["tasks:read", "tasks:write"],
  expiresIn: 2_592_000,
};

/** Makes an API key for a user. */
export function createKeyFor(user: Pick<SignedIn, "id">, members: Partial<NewApiKey> = {}) {
  return transaction((tx) => insertApiKey(tx, user.id, { ...newKey, ...members }));
}

/** Sends JSON to an auth route as a page of a signed-in user does. */
export function postAs(user: Pick<SignedIn, "sessionToken">, path: string, body: unknown) {
  return call("POST", `/api/auth${path}`, { body, headers: { Cookie: cookieFor(user) } });
}

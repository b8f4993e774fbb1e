import "server-only";
import { browserMark } from "@/lib/auth/browser-mark";
import { database } from "@/lib/db/client";

const mark = browserMark("known_browser", "known-browser");

/**
 * A `Set-Cookie` that marks a browser as one in which an account signed in. It lets its owner in
 * while somebody else's wrong passwords lock the account, and is worth nothing else. A change of
 * address or password ends it.
 */
export async function knownBrowserCookie(email: string): Promise<string> {
  return mark.set(await subjectOf(email));
}

/**
 * The id of the browser that a request comes from, where this account has signed in there before
 * with the password that it has now. An address without an account costs as much as one with.
 */
export async function knownBrowserOf(headers: Headers, email: string): Promise<string | null> {
  return mark.isSet(headers) ? mark.read(headers, await subjectOf(email)) : null;
}

/**
 * Somebody who once knew the password, or had the address before, could keep any number of marks
 * and try as many passwords later: so a mark is good for the password of its day.
 */
async function subjectOf(email: string): Promise<string> {
  const address = email.toLowerCase();
  const account = await database().account.findFirst({
    where: { providerId: "credential", user: { email: address } },
    select: { password: true },
  });
  return `${address} ${account?.password ?? ""}`;
}

import "server-only";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { siteCookie } from "@/lib/auth/site-cookie";
import { authSecrets } from "@/lib/secret";

const lifeSeconds = 180 * 86_400;
const valueForm = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** A mark that a browser carries after something happened in it, each time with a new id. */
export type BrowserMark = {
  /** The `Set-Cookie` that marks a browser for a subject, in place of an older mark. */
  set: (subject: string) => string;
  /** Whether a request brings a mark, of whatever subject. */
  isSet: (headers: Headers) => boolean;
  /** The id of the browser that a request comes from, where it is marked for this subject. */
  read: (headers: Headers, subject: string) => string | null;
};

/**
 * The mark of a purpose. It cannot be forged, is no way in, and names its subject only to somebody who
 * knows the secret.
 */
export function browserMark(cookieName: string, purpose: string): BrowserMark {
  const cookie = siteCookie(cookieName, lifeSeconds);

  function sign(browserId: string, subject: string, secret: string): string {
    return createHmac("sha256", secret)
      .update(`${purpose} ${browserId} ${subject}`)
      .digest("base64url");
  }

  return {
    set(subject) {
      const browserId = randomUUID();
      return cookie.set(`${browserId}.${sign(browserId, subject, authSecrets().current)}`);
    },
    isSet(headers) {
      return valueForm.test(cookie.read(headers) ?? "");
    },
    read(headers, subject) {
      const [, browserId, signature] = valueForm.exec(cookie.read(headers) ?? "") ?? [];
      if (browserId === undefined || signature === undefined) {
        return null;
      }
      const { current, versions } = authSecrets();
      const secrets = versions?.map(({ value }) => value) ?? [current];
      const isOurs = secrets.some((secret) => isEqual(sign(browserId, subject, secret), signature));
      return isOurs ? browserId : null;
    },
  };
}

function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

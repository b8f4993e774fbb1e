import "server-only";
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { siteCookie } from "@/lib/auth/site";
import { database } from "@/lib/db/client";
import { authSecrets } from "@/lib/db/secret";

const lifeSeconds = 180 * 86_400;
const valueForm = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

const passwordDevices = trustedDevices("known_browser", "known-browser");
const secondStepDevices = trustedDevices("second_step_browser", "second-step-browser");

/** When a person turned two-step sign-in on; null while it is off. */
export type TwoStepStart = { userId: string; enabledAt: Date | null };

/**
 * A `Set-Cookie` that makes a browser a trusted device of the account that signed in. Its owner can
 * sign in there while somebody else's wrong passwords lock the account; it is worth nothing else. A
 * change of address or password ends it.
 */
export async function trustedDeviceCookie(email: string): Promise<string> {
  return passwordDevices.set(await passwordSubject(email));
}

/**
 * The id of the trusted device that a request comes from, where this account has signed in there
 * before with the password that it has now. An address without an account costs as much as one with.
 */
export async function trustedDeviceId(headers: Headers, email: string): Promise<string | null> {
  return passwordDevices.isSet(headers)
    ? passwordDevices.read(headers, await passwordSubject(email))
    : null;
}

/**
 * The password is part of the subject, so that a device is trusted until the password changes: else
 * somebody who knew a former password, or had the address before, could collect cookies with it and
 * try as many passwords later.
 */
async function passwordSubject(email: string): Promise<string> {
  const address = email.toLowerCase();
  const account = await database().account.findFirst({
    where: { providerId: "credential", user: { email: address } },
    select: { password: true },
  });
  return `${address} ${account?.password ?? ""}`;
}

/**
 * Finds when a person turned two-step sign-in on. Devices trusted before that are not trusted now.
 */
export async function findTwoStepStart(userId: string): Promise<TwoStepStart> {
  const row = await database().twoStep.findUnique({
    where: { userId },
    select: { enabledAt: true },
  });
  return { userId, enabledAt: row?.enabledAt ?? null };
}

/**
 * A `Set-Cookie` for a browser in which the second step was passed. Its owner can sign in there while
 * somebody else's wrong codes make the account wait; it is worth nothing else.
 */
export function secondStepDeviceCookie(start: TwoStepStart): string {
  return secondStepDevices.set(twoStepSubject(start));
}

/**
 * The id of the trusted device that a request comes from, where the second step was passed before.
 */
export function secondStepDeviceId(headers: Headers, start: TwoStepStart): string | null {
  return start.enabledAt && secondStepDevices.read(headers, twoStepSubject(start));
}

/**
 * The moment is part of the subject, so that cookies which somebody else earned by turning two-step
 * sign-in on and off again are worth nothing once its owner turns it on.
 */
function twoStepSubject({ userId, enabledAt }: TwoStepStart): string {
  return `${userId} ${enabledAt?.getTime()}`;
}

/**
 * The cookie by which a browser is known as a trusted device, with a new id each time it is set. It
 * cannot be forged, signs nobody in, and reveals its subject only to somebody who knows the secret.
 */
function trustedDevices(cookieName: string, purpose: string) {
  const cookie = siteCookie(cookieName, lifeSeconds);

  function sign(deviceId: string, subject: string, secret: string): string {
    return createHmac("sha256", secret)
      .update(`${purpose} ${deviceId} ${subject}`)
      .digest("base64url");
  }

  return {
    /** The `Set-Cookie` for a subject, in place of an older one. */
    set(subject: string): string {
      const deviceId = randomUUID();
      return cookie.set(`${deviceId}.${sign(deviceId, subject, authSecrets().current)}`);
    },
    /** Whether a request brings such a cookie, of any subject. */
    isSet(headers: Headers): boolean {
      return valueForm.test(cookie.read(headers) ?? "");
    },
    /** The id of the device that a request comes from, where it is trusted for this subject. */
    read(headers: Headers, subject: string): string | null {
      const [, deviceId, signature] = valueForm.exec(cookie.read(headers) ?? "") ?? [];
      if (deviceId === undefined || signature === undefined) {
        return null;
      }
      const { current, versions } = authSecrets();
      const secrets = versions?.map(({ value }) => value) ?? [current];
      const isGenuine = secrets.some((secret) =>
        isEqual(sign(deviceId, subject, secret), signature),
      );
      return isGenuine ? deviceId : null;
    },
  };
}

function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

import "server-only";
import { limitRequests } from "@/lib/auth/rate-limits";
import { deviceName, ipAddressOf, userAgentOf } from "@/lib/auth/request-client";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import {
  existingAccountMessage,
  newDeviceMessage,
  securityChangeMessage,
} from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

const notices = {
  "password changed": {
    subject: "Your password was changed",
    text: "The password of your account was changed, and all other sessions have ended.",
  },
  "password set": {
    subject: "Your account has a password",
    text: "A password was set for your account, which had none, and all other sessions have ended.",
  },
  "two-step sign-in turned on": {
    subject: "Two-step sign-in is on",
    text: "Signing in to your account with a password now takes a second step.",
  },
  "two-step sign-in turned off": {
    subject: "Two-step sign-in is off",
    text: "Signing in to your account now takes the password alone. The recovery codes have lost their use.",
  },
  "passkey added": {
    subject: "A passkey was added",
    text: "Your account can now be signed in to with another passkey.",
  },
  "passkey removed": {
    subject: "A passkey was removed",
    text: "One of the passkeys of your account no longer signs in.",
  },
  "API key made": {
    subject: "An API key was made",
    text: "A program can now work on your tasks with a new API key.",
    isKey: true,
  },
  "device let in": {
    subject: "A device was let in",
    text: "A device or program can now work on your tasks. It has an API key of its own.",
    isKey: true,
  },
  "provider linked": {
    subject: "Another way to sign in was added",
    text: "Your account can now be signed in to with an account at GitHub or Google.",
  },
  "provider unlinked": {
    subject: "A way to sign in was removed",
    text: "An account at GitHub or Google no longer signs in to your account.",
  },
  "recovery codes renewed": {
    subject: "Your recovery codes were renewed",
    text: "Your account has new recovery codes. The former ones have lost their use.",
  },
} as const;

/** A change to the security of an account. */
export type AccountChange = keyof typeof notices;

/** Notifies a person of a change to the security of their account. Returns at once. */
export function tellOfChange(user: { email: string; name: string }, change: AccountChange): void {
  sendMail(async () =>
    (await countNotice(user.email)) ? securityChangeMessage(user, notices[change]) : null,
  );
}

/**
 * Notifies a person of a sign-in from a browser that is not a trusted device. Returns at once.
 *
 * @param headers those of the request that signed in
 */
export function tellOfNewDevice(user: { email: string; name: string }, headers: Headers): void {
  const device = deviceName(userAgentOf(headers));
  const networkAddress = ipAddressOf(headers) ?? "unknown";
  const at = new Date();
  sendMail(async () => {
    const profile = await database().user.findUnique({
      where: { email: user.email },
      select: { timeZone: true, timeFormat: true },
    });
    return profile && (await countNotice(user.email))
      ? newDeviceMessage(user, { device, networkAddress, time: inWords(at, profile) })
      : null;
  });
}

/** A moment in the person's time zone and clock format, with the name of the zone. */
function inWords(
  moment: Date,
  { timeZone, timeFormat }: { timeZone: string | null; timeFormat: string | null },
): string {
  const zone = timeZone ?? "UTC";
  const words = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "full",
    timeStyle: "short",
    timeZone: zone,
    hour12: timeFormat === "12",
  }).format(moment);
  return `${words} (${zone})`;
}

/**
 * Notifies the owner of an address that somebody tried to use it for another account, at most a few
 * times an hour. Returns at once.
 *
 * @param email in lower case
 */
export function tellOfExistingAccount(email: string): void {
  sendMail(async () => {
    return (await countMail(`sign-up ${email}`)) ? existingAccountMessage(email) : null;
  });
}

/**
 * Counts a notice to an unconfirmed address, so that nobody can sign up with the address of a
 * stranger and flood it. A confirmed address gets every notice: no attacker can use up its limit
 * first. For the same reason notices are counted apart from the mails that anybody can request.
 *
 * @returns whether it may be sent
 */
async function countNotice(email: string): Promise<boolean> {
  const owner = await database().user.findUnique({
    where: { email },
    select: { emailVerified: true },
  });
  return owner?.emailVerified === true || countMail(`notice ${email}`);
}

/**
 * Counts a mail that its recipient did not ask for.
 *
 * @param subject what the mails are counted by. No route may count by the same subject: if it refused
 *   a request, that would reveal whether an address has an account
 * @returns whether it may be sent within the limit of an hour
 */
export async function countMail(subject: string): Promise<boolean> {
  try {
    await limitRequests("mail", subject);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") {
      return false;
    }
    throw error;
  }
}

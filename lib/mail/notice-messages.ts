import "server-only";
import { env } from "@/lib/env";
import { type Addressee, greetingFor, type Message, pageUrl, siteHost } from "@/lib/mail/message";

/** Tells the owner of an address that somebody tried to use it for another account. */
export function existingAccountMessage(email: string): Message {
  return {
    to: email,
    subject: "You have an account already",
    greeting: "Hello,",
    paragraphs: [
      `Somebody, most likely you, wanted to use this address for an account on ${siteHost}. It has one already, so nothing was changed.`,
    ],
    action: { label: "Sign in", url: pageUrl("/sign-in") },
    closing: [
      `If you have forgotten your password, choose a new one: ${pageUrl("/forgot-password")}`,
      "If this was not you, you need do nothing.",
    ],
  };
}

/** Tells of a sign-in from a browser that the account does not know. */
export function newDeviceMessage(
  { email, name }: Addressee,
  { device, time, networkAddress }: { device: string; time: string; networkAddress: string },
): Message {
  return {
    to: email,
    subject: "New sign-in to your account",
    greeting: greetingFor(name),
    paragraphs: [
      `Somebody signed in to your account on ${siteHost} from a browser that is new to it.`,
    ],
    details: [
      ["Device", device],
      ["Time", time],
      ["Network address", networkAddress],
    ],
    action: { label: "Look at your sessions", url: pageUrl("/settings/sessions") },
    closing: [
      "If this was you, you need do nothing.",
      `If it was not, end that session and choose a new password: ${pageUrl("/forgot-password")}`,
    ],
  };
}

/** Tells of a change of what protects an account, or of a key, which no new password ends. */
export function securityChangeMessage(
  { email, name }: Addressee,
  { subject, text, isKey = false }: { subject: string; text: string; isKey?: boolean },
): Message {
  const newPassword = pageUrl("/forgot-password");
  return {
    to: email,
    subject,
    greeting: greetingFor(name),
    paragraphs: [text],
    action: isKey
      ? { label: "Look at your API keys", url: pageUrl("/settings/api-keys") }
      : { label: "Look at your security settings", url: pageUrl("/settings/security") },
    closing: [
      "If this was you, you need do nothing.",
      isKey
        ? `If it was not, revoke the key at once, then choose a new password: ${newPassword}`
        : `If it was not, choose a new password at once, which ends all sessions: ${newPassword}`,
    ],
  };
}

/** Tells the previous address of an account that it is no longer the account's. */
export function addressChangedMessage({ email, name }: Addressee): Message {
  return {
    to: email,
    subject: "Your address was changed",
    greeting: greetingFor(name),
    paragraphs: [
      `Your account on ${siteHost} has another address now. You sign in with the new one, and mail goes there.`,
    ],
    closing: [
      "If this was you, you need do nothing.",
      `If it was not, somebody else is in your account. ${whomToAsk()} They can stop it and give the account back to you.`,
    ],
  };
}

function whomToAsk(): string {
  return env.securityContact
    ? `Write at once to the people who run ${siteHost}: ${env.securityContact.replace(/^mailto:/, "")}`
    : `Write at once to the people who run ${siteHost}.`;
}

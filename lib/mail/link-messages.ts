import "server-only";
import { type Addressee, greetingFor, type Message, pageUrl, siteHost } from "@/lib/mail/message";

/** For how long a link in a mail works. */
export const linkLifeSeconds = 3_600;

const onceWithinAnHour = "The link works once, within one hour.";

/** Asks whether an address is its owner's. */
export function confirmAddressMessage({ email, name }: Addressee, token: string): Message {
  return {
    to: email,
    subject: "Confirm your address",
    greeting: greetingFor(name),
    paragraphs: [
      `This address was given for an account on ${siteHost}. Confirm that the account and the address are yours.`,
    ],
    action: { label: "Confirm address", url: pageUrl("/verify-email", token) },
    closing: [
      onceWithinAnHour,
      "If you did not make this account, open the link and say so: the account is then removed.",
    ],
  };
}

/** Lets the owner of an address choose a new password. */
export function resetPasswordMessage({ email, name }: Addressee, token: string): Message {
  return {
    to: email,
    subject: "Reset your password",
    greeting: greetingFor(name),
    paragraphs: [
      `Somebody, most likely you, asked for a new password for your account on ${siteHost}.`,
    ],
    action: { label: "Choose a new password", url: pageUrl("/reset-password", token) },
    closing: [
      `${onceWithinAnHour} A new password ends all sessions.`,
      "If you did not ask for it, you need do nothing: your password stays as it is.",
    ],
  };
}

/** Asks whether the address that an account is to have from now on is its owner's. */
export function confirmNewAddressMessage(email: string, token: string): Message {
  return {
    to: email,
    subject: "Confirm your new address",
    // The owner of the address may be a stranger, who learns nothing of the account.
    greeting: "Hello,",
    paragraphs: [
      `Somebody, most likely you, wants to use this address for an account on ${siteHost}.`,
    ],
    action: { label: "Use this address", url: pageUrl("/confirm-email-change", token) },
    closing: [
      `${onceWithinAnHour} Open it in the browser in which you are signed in.`,
      "If this was not you, leave this mail alone: nothing changes.",
    ],
  };
}

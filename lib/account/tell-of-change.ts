import "server-only";
import { countNotice } from "@/lib/account/count-notice";
import { securityChangeMessage } from "@/lib/mail/notice-messages";
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

/** A change of what protects an account. */
export type AccountChange = keyof typeof notices;

/** Tells a person of a change of what protects the account. Returns at once. */
export function tellOfChange(user: { email: string; name: string }, change: AccountChange): void {
  sendMail(async () =>
    (await countNotice(user.email)) ? securityChangeMessage(user, notices[change]) : null,
  );
}

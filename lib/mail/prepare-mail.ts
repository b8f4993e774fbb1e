import "server-only";
import addressparser from "nodemailer/lib/addressparser";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sender } from "@/lib/mail/send-mail";

/** What mail is used for, and so what is off on a site that sends none. */
const mailUses = [
  "resetting a forgotten password by mail",
  "confirming an address",
  "changing an address",
  "notices of new devices and security changes",
] as const;

const addressForm = /^[^\s@<>]+@[^\s@<>]+$/;

/**
 * Checks the settings of mail, and says once what is off without it.
 *
 * @throws Error with the way out when nobody could confirm an address that has to be confirmed, or
 *   MAIL_FROM is not an address
 */
export function prepareMail(): void {
  refuseBadSender();
  if (env.smtpUrl !== undefined || !env.isProduction) {
    return;
  }
  if (env.requiresVerifiedEmail) {
    throw new Error(
      "REQUIRE_EMAIL_VERIFICATION is set, and there is no SMTP_URL to send the links with, so nobody could sign in. Set SMTP_URL, or leave REQUIRE_EMAIL_VERIFICATION out.",
    );
  }
  log.warn({ off: mailUses }, "there is no SMTP_URL, so no mail is sent");
}

function refuseBadSender(): void {
  const [mailbox, ...others] = addressparser(sender, { flatten: true });
  if (!mailbox || others.length > 0 || !addressForm.test(mailbox.address)) {
    throw new Error(
      "MAIL_FROM is not an address. It must look like: Evo-TODO <no-reply@todo.example>",
    );
  }
}

import "server-only";
import { waitUntil } from "@vercel/functions";
import { withDatabaseDeadline } from "@/lib/deadline";
import { env } from "@/lib/env";
import { createMailQueue, type Write } from "@/lib/mail/mail-queue";
import { type Message, textPart } from "@/lib/mail/message";
import { sendBySmtp } from "@/lib/mail/smtp";
import { processWide } from "@/lib/process-wide";

const deliver = chooseDelivery();

const queue = processWide("mail queue", () =>
  createMailQueue((message) => (deliver ? deliver(message) : Promise.resolve()), {
    parallelMax: 4,
    pendingMax: 500,
    retryMilliseconds: [2_000, 15_000, 60_000],
  }),
);

/**
 * Has a message written and sent, both after this call has returned: no answer waits for it, and
 * none tells by its time whether there was anything to send. Where mail is off it does nothing.
 *
 * @param write finds out what to send, with a database deadline of its own; null sends nothing
 */
export function sendMail(write: Write): void {
  if (deliver) {
    waitUntil(queue.add(() => withDatabaseDeadline(write)));
  }
}

/** Gives mails that are under way a moment, at the end of the process. */
export function settleMail(milliseconds: number): Promise<void> {
  return queue.settle(milliseconds);
}

/** By SMTP where there is a server; without one, development prints and production sends nothing. */
function chooseDelivery(): ((message: Message) => Promise<void>) | undefined {
  const { smtpUrl } = env;
  if (smtpUrl !== undefined) {
    return (message) => sendBySmtp(smtpUrl, message);
  }
  return env.isProduction ? undefined : printMessage;
}

async function printMessage(message: Message): Promise<void> {
  if (env.logLevel !== "silent") {
    process.stdout.write(`\nMail to ${message.to}\n\n${textPart(message)}\n\n`);
  }
}

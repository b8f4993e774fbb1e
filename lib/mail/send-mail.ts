import "server-only";
import { isIP } from "node:net";
import { waitUntil } from "@vercel/functions";
import { createTransport, type Transporter } from "nodemailer";
import { withDatabaseDeadline } from "@/lib/deadline";
import { env } from "@/lib/env";
import { htmlPart } from "@/lib/mail/html-part";
import { createMailQueue, type Write } from "@/lib/mail/mail-queue";
import { type Message, textPart } from "@/lib/mail/message";
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

const stepMillisecondsMax = 10_000;
const messageMillisecondsMax = 30_000;

const { hostname } = new URL(env.baseUrl);
// An IP address cannot be the domain of a mail address.
const domain = isIP(hostname.replace(/^\[|\]$/g, "")) === 0 ? hostname : "localhost";

/** Whom mails come from. */
export const sender = env.mailFrom ?? `Evo-TODO <no-reply@${domain}>`;

let transport: Transporter | undefined;

/**
 * Hands a message to the SMTP server, over a connection of its own.
 *
 * @throws Error of nodemailer, whose message may quote the address: log its codes only
 */
export async function sendBySmtp(smtpUrl: string, message: Message): Promise<void> {
  transport ??= createSmtpTransport(smtpUrl);
  await transport.sendMail({
    from: sender,
    to: { name: "", address: message.to },
    subject: message.subject,
    text: textPart(message),
    html: htmlPart(message),
    messageId: `<${crypto.randomUUID()}@${domain}>`,
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
    signal: AbortSignal.timeout(messageMillisecondsMax),
  });
}

/** What the URL says of itself, such as `?requireTLS=false`, goes before what stands here. */
function createSmtpTransport(smtpUrl: string): Transporter {
  return createTransport({
    url: smtpUrl,
    // A password never travels in the clear because somebody on the way hid STARTTLS.
    requireTLS: new URL(smtpUrl).username !== "",
    connectionTimeout: stepMillisecondsMax,
    greetingTimeout: stepMillisecondsMax,
    dnsTimeout: stepMillisecondsMax,
    socketTimeout: stepMillisecondsMax,
  });
}

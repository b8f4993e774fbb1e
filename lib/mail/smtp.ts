import "server-only";
import { isIP } from "node:net";
import { createTransport, type Transporter } from "nodemailer";
import { env } from "@/lib/env";
import { htmlPart } from "@/lib/mail/html-part";
import { type Message, textPart } from "@/lib/mail/message";

const stepMillisecondsMax = 10_000;
const messageMillisecondsMax = 30_000;

const { hostname } = new URL(env.baseUrl);
// An address of the network is no domain of a mail address.
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

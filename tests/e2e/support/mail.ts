import { once } from "node:events";
import { createServer } from "node:http";
import { type Mail, startMailServer } from "../../support/mail-server";

/**
 * Starts the mail server that all browser tests share. Tests run in processes of their own, so they
 * fetch their mail from it over HTTP.
 */
export async function startSharedMail() {
  const mail = await startMailServer();
  const pickUp = createServer(async (request, response) => {
    const to = new URL(request.url ?? "/", "http://localhost").searchParams.get("to") ?? "";
    const found = await mail.next(to).catch(() => null);
    response.writeHead(found ? 200 : 404, { "Content-Type": "application/json" });
    response.end(JSON.stringify(found));
  });
  pickUp.listen(0, "127.0.0.1");
  await once(pickUp, "listening");
  const address = pickUp.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    smtpUrl: mail.url,
    pickUpUrl: `http://127.0.0.1:${port}`,
    close: async () => {
      pickUp.close();
      await mail.close();
    },
  };
}

/** The next mail to an address, taken out of the shared mail server. */
export async function nextMail(to: string): Promise<Mail> {
  const answer = await fetch(`${process.env.E2E_MAIL_URL}/?to=${encodeURIComponent(to)}`);
  if (!answer.ok) {
    throw new Error(`No mail to ${to} came.`);
  }
  const mail: Mail = await answer.json();
  return mail;
}

/** The next mail to an address with this subject; those before it are dropped. */
export async function nextMailAbout(to: string, subject: RegExp): Promise<Mail> {
  for (;;) {
    const mail = await nextMail(to);
    if (subject.test(mail.subject)) {
      return mail;
    }
  }
}

import { once } from "node:events";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

const patienceMilliseconds = 30_000;

/** A mail as it arrived. */
export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The address of the button, or of the first link. */
  link: string;
  headers: Email["headers"];
};

/** What the server does with the next connections or messages. */
type Behavior = "accepts" | "stalls" | "refuses for now" | "refuses for good";

type Waiting = { to: string; take: (mail: Mail) => void };

export type MailServer = {
  url: string;
  /** The next mail to an address, taken out; it may be there already. */
  next: (to: string) => Promise<Mail>;
  /** The mails to an address that nobody has taken. */
  all: (to: string) => Mail[];
  /** From now on. Connections that were stalled go on as soon as none is. */
  behave: (behavior: Behavior) => void;
  /** Refuses connections until it comes back, on the same port. */
  goAway: () => void;
  comeBack: () => Promise<void>;
  /** How many connections there were. */
  connections: () => number;
  close: () => Promise<void>;
};

/** A real SMTP server on a free port of this machine. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const mails: Mail[] = [];
  const waiting: Waiting[] = [];
  const stalled: (() => void)[] = [];
  let behavior: Behavior = "accepts";
  let connections = 0;

  function arrive(mail: Mail): void {
    const index = waiting.findIndex(({ to }) => to === mail.to);
    const [found] = index === -1 ? [] : waiting.splice(index, 1);
    if (found) {
      found.take(mail);
    } else {
      mails.push(mail);
    }
  }

  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onConnect: (_session, proceed) => {
      connections += 1;
      if (behavior === "stalls") {
        stalled.push(proceed);
      } else {
        proceed();
      }
    },
    onRcptTo: ({ address }, _session, proceed) => proceed(refusal(behavior, address)),
    onData: async (stream, session, proceed) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) {
        chunks.push(Buffer.from(chunk));
      }
      // Proceeding begins a new envelope.
      const to = session.envelope.rcptTo[0]?.address ?? "";
      proceed();
      arrive(asMail(to, await PostalMime.parse(Buffer.concat(chunks))));
    },
  });
  // Connections that a client or a test breaks off.
  server.on("error", () => {});
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const boundPort = portOf(server);

  return {
    url: `smtp://127.0.0.1:${boundPort}`,
    all: (to) => mails.filter((mail) => mail.to === to),
    next(to) {
      const index = mails.findIndex((mail) => mail.to === to);
      const [found] = index === -1 ? [] : mails.splice(index, 1);
      return found ? Promise.resolve(found) : waitFor(waiting, to);
    },
    behave(next) {
      behavior = next;
      if (behavior !== "stalls") {
        for (const proceed of stalled.splice(0)) {
          proceed();
        }
      }
    },
    goAway() {
      server.server.close();
    },
    async comeBack() {
      server.listen(boundPort, "127.0.0.1");
      await once(server.server, "listening");
    },
    connections: () => connections,
    close: () => new Promise((done) => server.close(done)),
  };
}

function waitFor(waiting: Waiting[], to: string): Promise<Mail> {
  return new Promise((take, fail) => {
    waiting.push({ to, take });
    setTimeout(() => fail(new Error(`No mail to ${to} came.`)), patienceMilliseconds).unref();
  });
}

function refusal(behavior: Behavior, address: string): Error | null {
  const codes = { "refuses for now": 451, "refuses for good": 550 };
  if (behavior !== "refuses for now" && behavior !== "refuses for good") {
    return null;
  }
  return Object.assign(new Error(`no mail for <${address}>`), { responseCode: codes[behavior] });
}

function asMail(to: string, { subject = "", text = "", html = "", headers }: Email): Mail {
  const [link = ""] = /https?:\/\/\S+/.exec(text) ?? [];
  return { to, subject, text, html, link, headers };
}

function portOf({ server }: SMTPServer): number {
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("The server does not listen on a port.");
  }
  return address.port;
}

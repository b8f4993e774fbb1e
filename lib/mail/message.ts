import "server-only";

/** Whom a mail goes to. */
export type Addressee = { email: string; name: string };

/** What a mail says, in plain words: the HTML and the text are both made of it. */
export type Message = {
  to: string;
  subject: string;
  greeting: string;
  paragraphs: string[];
  /** Facts, each with its name. */
  details?: [name: string, value: string][];
  /** The one thing to do, as a button and as an address. */
  action?: { label: string; url: string };
  closing: string[];
};

import "server-only";
import { env } from "@/lib/env";

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

// Anybody can sign up with somebody else's address and a name that is an advertisement. What reads
// as a name has no room for an address of a page.
const nameForm = /^(?=.{1,50}$)[\p{L}\p{M}\p{N}'’-]+(?:\.? [\p{L}\p{M}\p{N}'’-]+){0,5}\.?$/u;

/** The first line of a mail, with the person's name where it reads as one. */
export function greetingFor(name: string): string {
  return nameForm.test(name) ? `Hello ${name},` : "Hello,";
}

/** This site as a mail names it. The host comes from the settings, never from a request. */
export const siteHost = new URL(env.baseUrl).host;

/** The address of a page of this site, with a token for it to take. */
export function pageUrl(path: string, token?: string): string {
  const url = new URL(path, env.baseUrl);
  if (token !== undefined) {
    url.searchParams.set("token", token);
  }
  return url.href;
}

/** A message as plain text, in the words of its HTML. */
export function textPart(message: Message): string {
  const { subject, greeting, paragraphs, details = [], action, closing } = message;
  const facts = details.map(([name, value]) => `${name}: ${value}`).join("\n");
  const link = action ? `${action.label}:\n${action.url}` : "";
  const signature = `-- \nEvo-TODO\n${env.baseUrl}`;
  return [subject, greeting, ...paragraphs, facts, link, ...closing, signature]
    .filter((part) => part !== "")
    .join("\n\n");
}

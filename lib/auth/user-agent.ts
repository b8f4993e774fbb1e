import "server-only";
import Bowser from "bowser";

const lengthMax = 512;

/** What a request says of its browser or program, cut to a length that is worth keeping. */
export function userAgentOf(headers: Headers): string {
  return (headers.get("user-agent") ?? "").slice(0, lengthMax);
}

const nameLengthMax = 40;
// For what it does not know, the library repeats the words of the browser, which may be anything.
const knownBrowsers = new Set(Object.values(Bowser.BROWSER_MAP));

/**
 * A name for the browser or program that a `User-Agent` stands for, such as "Firefox on Linux" or "A
 * program (curl)". It stands in mails, too, so nothing of what a stranger sends reads as a sentence or
 * as the address of a page.
 */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) {
    return "Unknown device";
  }
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && knownBrowsers.has(browser.name) && os.name) {
    return `${browser.name} on ${os.name}`;
  }
  const [, program] = /^([\w+-]{1,80})(?:\/|$)/.exec(userAgent) ?? [];
  const isProgram = program !== undefined && program !== "Mozilla";
  return isProgram ? `A program (${program.slice(0, nameLengthMax)})` : "Unknown device";
}

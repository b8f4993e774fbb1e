import "server-only";
import Bowser from "bowser";

const nameLengthMax = 40;

/**
 * A name for the browser or program that a `User-Agent` stands for, such as "Firefox on Linux" or "A
 * program (curl)". What a program calls itself is shown as text and trusted for nothing.
 */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) {
    return "Unknown device";
  }
  const { browser, os } = Bowser.parse(userAgent);
  if (browser.name && os.name) {
    return `${browser.name} on ${os.name}`;
  }
  const [, program] = /^([\w.+-]{1,80})(?:\/|$)/.exec(userAgent) ?? [];
  const isProgram = program !== undefined && program !== "Mozilla";
  return isProgram ? `A program (${program.slice(0, nameLengthMax)})` : "Unknown device";
}

import "server-only";
import { isIP } from "node:net";
import { normalizeIP } from "@better-auth/core/utils/ip";
import Bowser from "bowser";

/**
 * The address a request comes from, or null where it is not known. `lib/server/client-headers.ts`
 * has put the one true address into this header.
 */
export function ipAddressOf(headers: Headers): string | null {
  const address = (headers.get("x-forwarded-for") ?? "").trim();
  return isIP(address) === 0 ? null : address;
}

/** The network a request comes from: an IPv4 address, or the /64 that one IPv6 customer has. */
export function networkOf(headers: Headers): string {
  const address = ipAddressOf(headers);
  // A link-local address names the interface it came by, which is no part of a network.
  const [bare = ""] = (address ?? "").toLowerCase().split("%");
  return address === null ? "unknown" : normalizeIP(bare, { ipv6Subnet: 64 });
}

const userAgentLengthMax = 512;

/** What a request says of its browser or program, cut to a length that is worth keeping. */
export function userAgentOf(headers: Headers): string {
  return (headers.get("user-agent") ?? "").slice(0, userAgentLengthMax);
}

const deviceNameLengthMax = 40;
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
  return isProgram ? `A program (${program.slice(0, deviceNameLengthMax)})` : "Unknown device";
}

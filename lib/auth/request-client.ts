import "server-only";
import { isIP } from "node:net";
import { normalizeIP } from "@better-auth/core/utils/ip";
import Bowser from "bowser";

/**
 * The IP address a request comes from, or null if it is unknown. `lib/server/client-headers.ts` has
 * replaced this header by the verified address.
 */
export function ipAddressOf(headers: Headers): string | null {
  const address = (headers.get("x-forwarded-for") ?? "").trim();
  return isIP(address) === 0 ? null : address;
}

/** The network a request comes from: an IPv4 address, or the /64 network of an IPv6 customer. */
export function networkOf(headers: Headers): string {
  const address = ipAddressOf(headers);
  // A link-local address also names an interface, which is not part of the network.
  const [bare = ""] = (address ?? "").toLowerCase().split("%");
  return address === null ? "unknown" : normalizeIP(bare, { ipv6Subnet: 64 });
}

const userAgentLengthMax = 512;

/** The `User-Agent` of a request, cut to a length that can be stored. */
export function userAgentOf(headers: Headers): string {
  return (headers.get("user-agent") ?? "").slice(0, userAgentLengthMax);
}

const deviceNameLengthMax = 40;
// For an unknown browser the library repeats what the header says, which can be any text.
const knownBrowsers = new Set(Object.values(Bowser.BROWSER_MAP));

/**
 * A name for the browser or program of a `User-Agent`, such as "Firefox on Linux" or "A program
 * (curl)". Mails contain it, so a stranger must not be able to put a sentence or a web address into
 * it.
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

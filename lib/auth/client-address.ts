import "server-only";
import { isIP, isIPv4, isIPv6 } from "node:net";

/**
 * The address a request comes from, or null where it is not known. `lib/server/client-headers.ts`
 * has put the one true address into this header.
 */
export function addressOf(headers: Headers): string | null {
  const address = (headers.get("x-forwarded-for") ?? "").trim();
  return isIP(address) === 0 ? null : address;
}

/** The network a request comes from: an IPv4 address, or the /64 that one IPv6 customer has. */
export function networkOf(headers: Headers): string {
  const address = (addressOf(headers) ?? "").toLowerCase();
  const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) {
    return mapped;
  }
  return isIPv6(mapped) ? firstHalf(mapped) : "unknown";
}

function firstHalf(address: string): string {
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = new Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

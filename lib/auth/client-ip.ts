import "server-only";
import { isIP } from "node:net";
import { normalizeIP } from "@better-auth/core/utils/ip";

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

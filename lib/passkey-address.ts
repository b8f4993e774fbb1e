/**
 * Whether a browser lets the pages of an address use passkeys (WebAuthn Level 3, section 5.1.4): they
 * come over https or from this very machine, and under a name. A passkey belongs to a name, and an IP
 * address is none.
 */
export function canHavePasskeys({ protocol, hostname }: Pick<URL, "protocol" | "hostname">) {
  const isIpAddress = /^[\d.]+$|^\[/.test(hostname);
  const isThisMachine = /(^|\.)localhost$/.test(hostname);
  return !isIpAddress && (protocol === "https:" || isThisMachine);
}

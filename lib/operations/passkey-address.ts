/**
 * Whether a browser lets the pages of an address use passkeys (WebAuthn Level 3, section 5.1.4): they
 * come over https or from localhost, and their host is a domain name and not an IP address, since a
 * passkey is bound to a name.
 */
export function canHavePasskeys({ protocol, hostname }: Pick<URL, "protocol" | "hostname">) {
  const isIpAddress = /^[\d.]+$|^\[/.test(hostname);
  const isThisMachine = /(^|\.)localhost$/.test(hostname);
  return !isIpAddress && (protocol === "https:" || isThisMachine);
}

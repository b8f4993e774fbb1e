import "server-only";

const lengthMax = 512;

/** What a request says of its browser or program, cut to a length that is worth keeping. */
export function userAgentOf(headers: Headers): string {
  return (headers.get("user-agent") ?? "").slice(0, lengthMax);
}

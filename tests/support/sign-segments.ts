import type { publishKey } from "@/tests/support/tokens";

type Key = Awaited<ReturnType<typeof publishKey>>;

/** Signs text as it stands, which `forge` would make of its parts: its segments may be anything. */
export async function signSegments({ privateKey }: Key, segments: string): Promise<string> {
  const signature = await crypto.subtle.sign("Ed25519", privateKey, Buffer.from(segments));
  return `${segments}.${Buffer.from(signature).toString("base64url")}`;
}

import type { CryptoKey } from "jose";
import type { publishKey } from "@/tests/support/tokens";

type Key = Awaited<ReturnType<typeof publishKey>>;

/** A part of a token: a value that becomes JSON, or text that stands as it is. */
type Part = object | string;

/** A token of our own make: every part can be wrong, and the signature over it is still right. */
export async function forge(
  key: Key,
  { header = {}, payload }: { header?: Part; payload: Part },
): Promise<string> {
  const wholeHeader =
    typeof header === "string" ? header : { alg: "EdDSA", kid: key.id, ...header };
  const signed = `${encode(wholeHeader)}.${encode(payload)}`;
  return `${signed}.${await sign(key.privateKey, signed)}`;
}

/** The base64url of a part. */
export function encode(part: Part): string {
  const text = typeof part === "string" ? part : JSON.stringify(part);
  return Buffer.from(text).toString("base64url");
}

async function sign(key: CryptoKey, text: string): Promise<string> {
  const signature = await crypto.subtle.sign("Ed25519", key, Buffer.from(text));
  return Buffer.from(signature).toString("base64url");
}

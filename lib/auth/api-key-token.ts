import "server-only";
import { signToken } from "@/lib/auth/server";
import { env } from "@/lib/env";

/** What a token of an API key is made of. */
export type KeyGrounds = {
  userId: string;
  email: string;
  keyId: string;
  /** Space-separated. */
  scopes: string;
  /** When the key ends; null never does. */
  expiresAt: Date | null;
};

/**
 * A bearer token that stands on an API key (`akid`) and not on a session. It ends with its key at
 * the latest.
 *
 * @returns the token, and for how many seconds it is good
 * @throws AppError `unavailable`
 */
export async function signKeyToken(key: KeyGrounds): Promise<{ token: string; expiresIn: number }> {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const keyEnd = key.expiresAt ? key.expiresAt.getTime() / 1_000 : Number.POSITIVE_INFINITY;
  const expiresAt = Math.floor(Math.min(issuedAt + env.tokenLifeSeconds, keyEnd));
  const token = await signToken({
    sub: key.userId,
    email: key.email,
    akid: key.keyId,
    jti: crypto.randomUUID(),
    scope: key.scopes,
    iat: issuedAt,
    exp: expiresAt,
  });
  return { token, expiresIn: expiresAt - issuedAt };
}

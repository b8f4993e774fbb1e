import "server-only";
import { hash } from "node:crypto";

export type RememberedTokens<Verified> = {
  find: (token: string) => Verified | undefined;
  remember: (token: string, verified: Verified) => void;
  forget: (token: string) => void;
  forgetAll: () => void;
};

/**
 * What was found about tokens whose signature was verified, by the digest of the whole token, so that
 * a token that differs by one character is another one and no credential is kept. Whether a token is
 * still alive is for the caller to ask on each use.
 *
 * @param tokensMax as many at most; the one that was remembered first goes first
 */
export function createRememberedTokens<Verified extends { endsAt: number }>(
  tokensMax: number,
): RememberedTokens<Verified> {
  const known = new Map<string, Verified>();

  return {
    find(token) {
      const digest = digestOf(token);
      const verified = known.get(digest);
      if (verified && verified.endsAt <= Date.now()) {
        known.delete(digest);
        return undefined;
      }
      return verified;
    },
    remember(token, verified) {
      known.set(digestOf(token), verified);
      const [oldest] = known.keys();
      if (known.size > tokensMax && oldest !== undefined) {
        known.delete(oldest);
      }
    },
    forget(token) {
      known.delete(digestOf(token));
    },
    forgetAll() {
      known.clear();
    },
  };
}

function digestOf(token: string): string {
  return hash("sha256", token, "base64");
}

import "server-only";
import { compactVerify } from "jose";
import { isTokenAlive, type TokenSource, whenSessionsEnd } from "@/lib/auth/liveness";
import { findPublishedKey } from "@/lib/auth/published-keys";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { challenge, invalidToken } from "@/lib/http/bearer-token";
import { parseCompactToken } from "@/lib/http/compact-token";
import { createRememberedTokens } from "@/lib/http/remembered-tokens";
import type { Caller } from "@/lib/operations/caller";
import { processWide } from "@/lib/process-wide";

const toleranceSeconds = 5;
const tokensMax = 10_000;
const headerMembers = new Set(["alg", "kid", "typ"]);
const idForm = /^[A-Za-z0-9_-]{1,128}$/;

/** Who asks, by which key's signature, and until when it is accepted, in milliseconds since the epoch. */
export type VerifiedToken = { caller: Caller; keyId: string; endsAt: number };

type Members = Record<string, unknown>;
type Claims = { userId: string; source: TokenSource; scopes: string[]; expiresAt: number };

const remembered = processWide("verified tokens", () => {
  const tokens = createRememberedTokens<VerifiedToken>(tokensMax);
  whenSessionsEnd(tokens.forgetAll);
  return tokens;
});

/**
 * Verifies a bearer token (RFC 7519, with the advice of RFC 8725): its form, its claims, its signature
 * by a key of our own, its end, and that the session or API key it was issued for is still alive. A bad
 * token costs no query, an unknown key at most one in a second for all requests together. A good one
 * is remembered until its end, and then only its life is asked for.
 *
 * @throws AppError `invalid_token`; `token_expired` for a token that is good but for its end;
 *   `unavailable` when that cannot be checked
 */
export async function verifyToken(token: string): Promise<VerifiedToken> {
  const known = remembered.find(token);
  const verified = known ?? (await verifyAnew(token));
  try {
    await assertAlive(verified);
  } catch (error) {
    remembered.forget(token);
    throw error;
  }
  if (!known) {
    remembered.remember(token, verified);
  }
  return verified;
}

/**
 * Asserts that a token which was verified before has not ended since.
 *
 * @throws AppError `invalid_token`; `token_expired`; `unavailable` when that cannot be checked
 */
export async function assertAlive({ caller, keyId, endsAt }: VerifiedToken): Promise<void> {
  refuseExpired(endsAt);
  const { userId, via, id } = caller;
  if (!(await isTokenAlive({ keyId, userId, source: { kind: via, id } }))) {
    throw invalidToken();
  }
}

async function verifyAnew(token: string): Promise<VerifiedToken> {
  const { header, payload } = parseCompactToken(token);
  const keyId = readHeader(header);
  const { userId, source, scopes, expiresAt } = readClaims(payload);
  await verifySignature(token, keyId);
  const caller = { userId, via: source.kind, id: source.id, scopes };
  return { caller, keyId, endsAt: (expiresAt + toleranceSeconds) * 1_000 };
}

function readHeader(header: Members): string {
  assertValid(Object.keys(header).every((name) => headerMembers.has(name)));
  assertValid(header.alg === "EdDSA");
  assertValid(header.typ === undefined || header.typ === "JWT");
  return readId(header.kid);
}

function readClaims(payload: Members): Claims {
  assertValid(payload.iss === env.baseUrl);
  assertValid(payload.aud === `${env.baseUrl}/api`);
  readId(payload.jti);
  return {
    userId: readId(payload.sub),
    source: readSource(payload),
    scopes: readScopes(payload.scope),
    expiresAt: readTimes(payload),
  };
}

/** A token is issued for a session or for an API key, never for both. */
function readSource({ sid, akid }: Members): TokenSource {
  assertValid((sid === undefined) !== (akid === undefined));
  return akid === undefined
    ? { kind: "session", id: readId(sid) }
    : { kind: "apiKey", id: readId(akid) };
}

/** The tolerance is for two machines' clocks that differ, so it does not apply among the times of one token. */
function readTimes({ iat, nbf = iat, exp }: Members): number {
  const latestStart = nowSeconds() + toleranceSeconds;
  const issuedAt = readSeconds(iat);
  const validFrom = readSeconds(nbf);
  const expiresAt = readSeconds(exp);
  assertValid(issuedAt <= latestStart && validFrom <= latestStart);
  assertValid(issuedAt < expiresAt && validFrom < expiresAt);
  assertValid(expiresAt - issuedAt <= env.tokenLifeSeconds);
  return expiresAt;
}

async function verifySignature(token: string, keyId: string): Promise<void> {
  const key = await findPublishedKey(keyId);
  if (!key) {
    throw invalidToken();
  }
  try {
    await compactVerify(token, key, { algorithms: ["EdDSA"] });
  } catch (cause) {
    throw invalidToken(cause);
  }
}

function refuseExpired(endsAt: number): void {
  if (endsAt <= Date.now()) {
    throw new AppError("token_expired", "The bearer token has expired. Fetch a new one.", {
      headers: challenge({ error: "invalid_token" }),
    });
  }
}

function readId(value: unknown): string {
  if (typeof value !== "string" || !idForm.test(value)) {
    throw invalidToken();
  }
  return value;
}

function readSeconds(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw invalidToken();
  }
  return value;
}

/** A token without the claim has no scope; scopes that a later version knows do no harm. */
function readScopes(value: unknown = ""): string[] {
  if (typeof value !== "string") {
    throw invalidToken();
  }
  return value.split(" ");
}

function assertValid(condition: boolean): void {
  if (!condition) {
    throw invalidToken();
  }
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

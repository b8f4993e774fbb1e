import "server-only";
import { createAuth } from "@/lib/auth/create-auth";
import type { SignInProof } from "@/lib/auth/credentials";
import { type Database, database, isUniqueViolation } from "@/lib/db/client";
import { type Failures, observeFailures, translateDatabaseError } from "@/lib/db/failures";
import { env } from "@/lib/env";
import { AppError, signInFirst } from "@/lib/errors";
import { processWide } from "@/lib/process-wide";

type Auth = ReturnType<typeof createAuth>;

const built = processWide("auth", (): { database?: Database; auth?: Auth } => ({}));

/**
 * Sends a request to Better Auth. Its answer may contain session tokens, so only the auth routes
 * call this.
 *
 * @throws AppError `unavailable` when the database could not be reached, even if Better Auth hides
 *   it, and `conflict` when an address was taken in the same moment
 */
export function callAuth(request: Request): Promise<Response> {
  return observed(() => auth().handler(request));
}

/**
 * Starts a session for a person whose identity has been proved. It replaces the browser's former
 * one.
 *
 * @param headers the headers of the request that proved it
 * @param rememberMe false ends the session with the browser, or after a day
 * @param proof the proof, which must still be valid when the session has been stored; null if it
 *   cannot become invalid
 * @returns the `Set-Cookie` headers of the answer
 * @throws AppError `unauthenticated` when the account was deleted, or the proof became invalid, in
 *   the same moment, `unavailable`
 */
export async function startSession(
  headers: Headers,
  userId: string,
  rememberMe = true,
  proof: SignInProof | null = null,
): Promise<string[]> {
  const response = await observed(() =>
    auth().api.startSession({
      headers,
      body: { userId, rememberMe, proof },
      asResponse: true,
    }),
  );
  if (!response.ok) {
    throw signInFirst();
  }
  return response.headers.getSetCookie();
}

/**
 * The live session of a request's cookie, or null.
 *
 * @throws AppError `unavailable` when the database cannot be reached
 */
export async function findSession(headers: Headers) {
  const found = await observed(() =>
    auth().api.getSession({ headers, query: { disableRefresh: true } }),
  );
  if (!found) {
    return null;
  }
  const { session, user } = found;
  const { id, email, name, emailVerified } = user;
  return { id: session.id, createdAt: session.createdAt, user: { id, email, name, emailVerified } };
}

/** The claims of a token for an API key. */
export type ApiKeyClaims = {
  userId: string;
  email: string;
  keyId: string;
  /** Space-separated. */
  scopes: string;
  /** When the key expires; null if never. */
  expiresAt: Date | null;
};

/**
 * Signs a bearer token for an API key (`akid` in place of `sid`). It expires with the key at the
 * latest.
 *
 * @returns the token, and for how many seconds it is valid
 * @throws AppError `unavailable`
 */
export async function signApiKeyToken(
  key: ApiKeyClaims,
): Promise<{ token: string; expiresIn: number }> {
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

/** Signs claims, which have `iat` and `exp`, with the key that signs the tokens of sessions. */
async function signToken(claims: Record<string, string | number>): Promise<string> {
  const { token } = await observed(() => auth().api.signJWT({ body: { payload: claims } }));
  return token;
}

/**
 * Throws the database's errors, which Better Auth takes for "signed out" or does not report at all.
 */
async function observed<Result>(work: () => Promise<Result>): Promise<Result> {
  const failures: Failures = {};
  try {
    const result = await observeFailures(failures, work);
    refuseFailure(failures.first);
    return result;
  } catch (error) {
    refuseFailure(failures.first);
    throw translateDatabaseError(error);
  }
}

function refuseFailure(failure: unknown): void {
  if (failure instanceof AppError) {
    throw failure;
  }
  if (isUniqueViolation(failure)) {
    throw new AppError("conflict", "An account with this address exists already.");
  }
}

/** Made on first use, so that `next build` needs neither a secret nor a database. */
function auth(): Auth {
  const current = database();
  if (!built.auth || built.database !== current) {
    built.auth = createAuth(current);
    built.database = current;
  }
  return built.auth;
}

import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthMiddleware } from "better-auth/api";
import { jwt } from "better-auth/plugins/jwt";
import { keyAdapter, keyGraceSeconds } from "@/lib/auth/keys";
import { forgetSessions } from "@/lib/auth/liveness";
import { hashPassword, isWeakHash, verifyPassword } from "@/lib/auth/passwords";
import { sessionStarter } from "@/lib/auth/session-starter";
import { siteOrigins } from "@/lib/auth/site";
import { type Database, database, isUniqueViolation, transaction } from "@/lib/db/client";
import { type Failures, observeFailures } from "@/lib/db/failures";
import { translateDatabaseError } from "@/lib/db/unavailable";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";
import { authSecrets } from "@/lib/secret";

export const authPath = "/api/auth";

/** All that a session's token may do. */
const sessionScope = "tasks:read tasks:write";

const daySeconds = 86_400;
const sessionLifeDays = 7;
const sessionLifeDaysMax = 30;
// Better Auth counts UTF-16 units; ours are code points, checked before.
const passwordUnitsMax = 256;

type Auth = ReturnType<typeof createAuth>;

/** What one call of Better Auth does beneath its answer. */
type Call = {
  /** A hash made before the call, because sign-up hashes inside its transaction. */
  hash?: { password: string; value: string };
  /** Whether the password that was right has a hash to replace. */
  isHashWeak?: boolean;
};

const calls = processWide("auth calls", () => new AsyncLocalStorage<Call>());
const built = processWide("auth", (): { database?: Database; auth?: Auth } => ({}));

/**
 * Sends a request to Better Auth. Its answer may hold session tokens: only the auth route calls this.
 *
 * @param newPassword a password that the request stores, hashed before any transaction begins
 * @throws AppError `unavailable` when the database was away, whatever Better Auth made of it, and
 *   `conflict` when an address was taken in the same moment
 */
export async function callAuth(request: Request, newPassword?: string): Promise<Response> {
  const call: Call = {};
  if (newPassword !== undefined) {
    call.hash = { password: newPassword, value: await hashPassword(newPassword) };
  }
  return observed(call, () => auth().handler(request));
}

/**
 * Starts a session for somebody whose identity has been proved, in place of the one the browser had.
 *
 * @param headers those of the request that proved it
 * @param rememberMe false ends the session with the browser, or after a day
 * @returns the `Set-Cookie` headers of the answer
 * @throws AppError `unauthenticated` when the account was deleted in the same moment, `unavailable`
 */
export async function startSession(
  headers: Headers,
  userId: string,
  rememberMe = true,
): Promise<string[]> {
  const response = await observed({}, () =>
    auth().api.startSession({ headers, body: { userId, rememberMe }, asResponse: true }),
  );
  if (!response.ok) {
    throw new AppError("unauthenticated", "Sign in first.");
  }
  return response.headers.getSetCookie();
}

/**
 * The live session that a request's cookie names, or null.
 *
 * @throws AppError `unavailable` when the database is away
 */
export async function findSession(headers: Headers) {
  const found = await observed({}, () =>
    auth().api.getSession({ headers, query: { disableRefresh: true } }),
  );
  if (!found) {
    return null;
  }
  const { session, user } = found;
  const { id, email, name, emailVerified } = user;
  return { id: session.id, createdAt: session.createdAt, user: { id, email, name, emailVerified } };
}

/** Better Auth takes an error of the database for "signed out", or answers it with nothing at all. */
async function observed<Result>(call: Call, work: () => Promise<Result>): Promise<Result> {
  const failures: Failures = {};
  try {
    const result = await observeFailures(failures, () => calls.run(call, work));
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

/** Built on first use, so that `next build` needs neither secret nor database. */
function auth(): Auth {
  const current = database();
  if (!built.auth || built.database !== current) {
    built.auth = createAuth(current);
    built.database = current;
  }
  return built.auth;
}

function createAuth(client: Database) {
  const isSecure = env.baseUrl.startsWith("https:");
  const { current, versions, legacy } = authSecrets();
  return betterAuth({
    appName: "Evo-TODO",
    baseURL: env.baseUrl,
    basePath: authPath,
    secret: versions ? legacy : current,
    ...(versions && { secrets: versions }),
    trustedOrigins: siteOrigins,
    database: prismaAdapter(withOurTransactions(client), {
      provider: "postgresql",
      transaction: true,
    }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 1,
      maxPasswordLength: passwordUnitsMax,
      password: { hash, verify },
    },
    session: {
      expiresIn: sessionLifeDays * daySeconds,
      // What needs a fresh session here asks for the password instead.
      freshAge: 0,
    },
    user: { deleteUser: { enabled: true } },
    databaseHooks: {
      session: {
        update: { before: capSession },
        delete: { after: async () => forgetSessions() },
      },
    },
    hooks: { after: afterSignIn },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: isSecure ? "__Host-better-auth" : "better-auth",
      // Better Auth's own way would put __Secure- before the name.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure },
      // Tests run under the rules that hold in production.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      // Ending "the other sessions" must reach all of them.
      database: { defaultFindManyLimit: 10_000 },
    },
    onAPIError: { throw: true },
    logger: {
      level: "error",
      log: (_level, message) => log.error({ from: "better-auth" }, message),
    },
    plugins: [
      sessionStarter,
      jwt({
        disableSettingJwtHeader: true,
        adapter: keyAdapter,
        jwks: {
          keyPairConfig: { alg: "EdDSA", crv: "Ed25519" },
          gracePeriod: keyGraceSeconds,
          ...(env.keyRotationSeconds > 0 && { rotationInterval: env.keyRotationSeconds }),
        },
        jwt: {
          issuer: env.baseUrl,
          audience: `${env.baseUrl}/api`,
          expirationTime: `${env.tokenLifeSeconds}s`,
          definePayload: ({ user, session }) => ({
            email: user.email,
            sid: session.id,
            jti: crypto.randomUUID(),
            scope: sessionScope,
          }),
        },
      }),
    ],
  });
}

/** The client as Better Auth gets it: its transactions, too, end with the request's deadline. */
function withOurTransactions(client: Database): Database {
  return new Proxy(client, {
    get: (target, name) => (name === "$transaction" ? transaction : Reflect.get(target, name)),
  });
}

async function hash(password: string): Promise<string> {
  const prepared = calls.getStore()?.hash;
  return prepared?.password === password ? prepared.value : hashPassword(password);
}

async function verify({ password, hash }: { password: string; hash: string }): Promise<boolean> {
  const isRight = await verifyPassword(password, hash);
  const call = calls.getStore();
  if (call && isRight) {
    call.isHashWeak = isWeakHash(hash);
  }
  return isRight;
}

type SessionUpdate = { expiresAt?: Date | undefined };
type SessionContext = { context: { session: { session: { createdAt: Date } } | null } };

/** A session slides on by a week with use, and ends for good after thirty days. */
async function capSession(update: SessionUpdate, endpoint: SessionContext | null) {
  const createdAt = endpoint?.context.session?.session.createdAt;
  if (!update.expiresAt || !createdAt) {
    return;
  }
  const lastEnd = new Date(createdAt).getTime() + sessionLifeDaysMax * daySeconds * 1_000;
  return { data: { expiresAt: new Date(Math.min(update.expiresAt.getTime(), lastEnd)) } };
}

/** A sign-in ends the session that the browser had before, and renews a hash that has become weak. */
const afterSignIn = createAuthMiddleware(async ({ context, body, path, ...request }) => {
  const signedIn = context.newSession;
  if (!signedIn) {
    return;
  }
  const { sessionToken } = context.authCookies;
  const previous = await request.getSignedCookie(sessionToken.name, context.secret);
  if (previous && previous !== signedIn.session.token) {
    await context.internalAdapter.deleteSession(previous);
  }
  if (calls.getStore()?.isHashWeak) {
    await context.internalAdapter.updatePassword(
      signedIn.user.id,
      await hashPassword(body.password),
    );
  }
});

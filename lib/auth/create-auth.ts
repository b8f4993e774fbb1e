import "server-only";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthEndpoint, createAuthMiddleware } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { jwt } from "better-auth/plugins/jwt";
import { z } from "zod";
import { isProofCurrent } from "@/lib/auth/credentials";
import { forgetSessions } from "@/lib/auth/liveness";
import { callbackHooks, validateOauthUser } from "@/lib/auth/oauth-callback";
import { socialProviders } from "@/lib/auth/providers";
import { userAgentOf } from "@/lib/auth/request-client";
import { keyAdapter, keyGraceSeconds } from "@/lib/auth/signing-keys";
import { cookiePrefix, siteName, siteOrigins } from "@/lib/auth/site";
import { type Database, transaction } from "@/lib/db/client";
import { authSecrets } from "@/lib/db/secret";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { scopes } from "@/lib/operations/scopes";

export const authPath = "/api/auth";

/** The scopes of a session's token: all of them. */
const sessionScope = scopes.join(" ");

const daySeconds = 86_400;
const sessionLifeDays = 7;
const sessionLifeDaysMax = 30;

/**
 * Better Auth as this site uses it: for sessions and their cookies, signing keys, and sign-ins with
 * GitHub and Google. The flows around it are our own (`specs/decisions/0014`).
 */
export function createAuth(client: Database) {
  const { current, versions, legacy } = authSecrets();
  return betterAuth({
    appName: siteName,
    baseURL: env.baseUrl,
    basePath: authPath,
    secret: versions ? legacy : current,
    ...(versions && { secrets: versions }),
    trustedOrigins: siteOrigins,
    database: prismaAdapter(withOurTransactions(client), {
      provider: "postgresql",
      transaction: true,
    }),
    session: {
      expiresIn: sessionLifeDays * daySeconds,
      // Routes that need a recent sign-in check that themselves.
      freshAge: 0,
    },
    socialProviders: socialProviders(),
    user: { validateUserInfo: validateOauthUser },
    account: {
      updateAccountOnSignIn: false,
      accountLinking: {
        enabled: true,
        requireLocalEmailVerified: true,
        allowDifferentEmails: true,
        trustedProviders: [],
      },
    },
    databaseHooks: {
      ...callbackHooks,
      session: {
        ...callbackHooks.session,
        update: { before: capSession },
        delete: { after: async () => forgetSessions() },
      },
    },
    hooks: { after: afterSignIn },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: cookiePrefix(),
      // Better Auth would put __Secure- before the name; ours has another prefix.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: env.baseUrl.startsWith("https:") },
      // Tests run with the same checks as production.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      // Better Auth must find all sessions of a person when it ends them.
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

const startSession = createAuthEndpoint.serverOnly(
  {
    method: "POST",
    body: z.object({
      userId: z.string(),
      rememberMe: z.boolean(),
      proof: z
        .discriminatedUnion("kind", [
          z.object({ kind: z.literal("password"), hash: z.string() }),
          z.object({ kind: z.literal("passkey"), id: z.string() }),
        ])
        .nullable(),
    }),
  },
  async (endpoint) => {
    const { userId, rememberMe, proof } = endpoint.body;
    const { internalAdapter } = endpoint.context;
    const user = await internalAdapter.findUserById(userId);
    if (!user) {
      throw new APIError("UNAUTHORIZED");
    }
    const userAgent = userAgentOf(endpoint.headers ?? new Headers());
    const session = await internalAdapter.createSession(userId, !rememberMe, { userAgent });
    if (proof !== null && !(await isProofCurrent(userId, proof))) {
      await internalAdapter.deleteSession(session.token);
      throw new APIError("UNAUTHORIZED");
    }
    await setSessionCookie(endpoint, { session, user }, !rememberMe);
  },
);

/**
 * Starts a session as Better Auth itself does, for a person whose identity we have proved. It has no
 * path, so only our own code can call it.
 */
const sessionStarter = {
  id: "session-starter",
  endpoints: { startSession },
} as const;

/**
 * The database client for Better Auth, whose transactions end with the request's deadline as well.
 */
function withOurTransactions(client: Database): Database {
  return new Proxy(client, {
    get: (target, name) => (name === "$transaction" ? transaction : Reflect.get(target, name)),
  });
}

type SessionUpdate = { expiresAt?: Date | undefined };
type SessionContext = { context: { session: { session: { createdAt: Date } } | null } };

/** With use a session is extended by a week at a time, and ends after thirty days at the latest. */
async function capSession(update: SessionUpdate, endpoint: SessionContext | null) {
  const createdAt = endpoint?.context.session?.session.createdAt;
  if (!update.expiresAt || !createdAt) {
    return;
  }
  const lastEnd = new Date(createdAt).getTime() + sessionLifeDaysMax * daySeconds * 1_000;
  return { data: { expiresAt: new Date(Math.min(update.expiresAt.getTime(), lastEnd)) } };
}

/** A sign-in ends the previous session of the browser. */
const afterSignIn = createAuthMiddleware(async ({ context, ...request }) => {
  const signedIn = context.newSession;
  if (!signedIn) {
    return;
  }
  const { sessionToken } = context.authCookies;
  const previous = await request.getSignedCookie(sessionToken.name, context.secret);
  if (previous && previous !== signedIn.session.token) {
    await context.internalAdapter.deleteSession(previous);
  }
});

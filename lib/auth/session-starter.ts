import "server-only";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { isProofStanding } from "@/lib/auth/sign-in-proof";
import { userAgentOf } from "@/lib/auth/user-agent";

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
    if (proof !== null && !(await isProofStanding(userId, proof))) {
      await internalAdapter.deleteSession(session.token);
      throw new APIError("UNAUTHORIZED");
    }
    await setSessionCookie(endpoint, { session, user }, !rememberMe);
  },
);

/**
 * Lets us start a session as Better Auth itself does, for a person who proved their identity in a way of
 * ours. No path leads to it.
 */
export const sessionStarter = {
  id: "session-starter",
  endpoints: { startSession },
} as const;

import "server-only";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { APIError } from "better-call";
import { z } from "zod";

const userAgentLengthMax = 512;

const startSession = createAuthEndpoint.serverOnly(
  { method: "POST", body: z.object({ userId: z.string(), rememberMe: z.boolean() }) },
  async (endpoint) => {
    const { userId, rememberMe } = endpoint.body;
    const { internalAdapter } = endpoint.context;
    const user = await internalAdapter.findUserById(userId);
    if (!user) {
      throw new APIError("UNAUTHORIZED");
    }
    const userAgent = (endpoint.headers?.get("user-agent") ?? "").slice(0, userAgentLengthMax);
    const session = await internalAdapter.createSession(userId, !rememberMe, { userAgent });
    await setSessionCookie(endpoint, { session, user }, !rememberMe);
  },
);

/**
 * Lets us start a session as Better Auth itself does, for whoever proved who they are in a way of
 * ours. No path leads to it.
 */
export const sessionStarter = {
  id: "session-starter",
  endpoints: { startSession },
} as const;

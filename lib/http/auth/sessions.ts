import "server-only";
import { decodeJwt } from "jose";
import { z } from "zod";
import { endAllSessions, endOtherSessions, endSession, listSessions } from "@/lib/account/sessions";
import { features, requireVerifiedEmail } from "@/lib/auth/features";
import { noteSeen } from "@/lib/auth/note-seen";
import { limitRequests } from "@/lib/auth/rate-limits";
import { findSession } from "@/lib/auth/server";
import { keySetAgeSecondsMax } from "@/lib/auth/signing-keys";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { type Endpoints, get, post } from "@/lib/http/auth/endpoint";
import { authResponse, forwardAuth, signedOut } from "@/lib/http/auth/forward-auth";
import { type SignedInUser, signedInUser, withChange, withUser } from "@/lib/http/auth/with-user";
import { readJson, refuseBody } from "@/lib/http/read-json";
import { requestContext } from "@/lib/http/request-context";

const idLengthMax = 128;

/** The body of the route that ends one session. */
export const revokeSessionInput = z.strictObject({
  id: z
    .string("must be the id of a session")
    .regex(new RegExp(`^[\\w-]{1,${idLengthMax}}$`), "must be the id of a session"),
});

const tokenBody = z.object({ token: z.string() });
const sessionBody = z.object({ user: z.object({ id: z.string() }) });
const tokenClaims = z.object({ sub: z.string(), sid: z.string() });

export const sessionEndpoints: Endpoints = {
  "/sign-out": post(signOut),
  "/get-session": get(readSession),
  "/token": get(issueToken),
  "/jwks": get(publishKeys),
  "/list-sessions": get(withUser(list)),
  "/revoke-session": post(withChange(revokeSession)),
  "/revoke-sessions": post(withChange(revokeSessions)),
  "/revoke-other-sessions": post(withChange(revokeOtherSessions)),
  "/ok": get(passOn),
};

/** Ends the session. It also succeeds without one. */
async function signOut(request: Request): Promise<Response> {
  await refuseBody(request);
  const session = await findSession(request.headers);
  const answer = await signedOut(request, { success: true });
  logAuthEvent("signed out", session?.user.id);
  return answer;
}

/** Forwards to Better Auth, and removes session tokens from its answer. */
async function passOn(request: Request): Promise<Response> {
  return authResponse(await forwardAuth(request));
}

/** Returns the session of the cookie and its user, or null. */
async function readSession(request: Request): Promise<Response> {
  const answer = await forwardAuth(request);
  const { data } = sessionBody.safeParse(answer.body);
  if (data) {
    requestContext().userId = data.user.id;
  }
  return authResponse(answer);
}

/** Issues a JWT for the session of the cookie. */
async function issueToken(request: Request): Promise<Response> {
  if (features.verifiedEmail) {
    requireVerifiedEmail(await signedInUser(request));
  }
  const answer = await forwardAuth(request);
  const { sub, sid } = tokenClaims.parse(decodeJwt(tokenBody.parse(answer.body).token));
  requestContext().userId = sub;
  noteSeen(sid);
  await limitRequests("token", sid);
  return authResponse(answer);
}

/** Returns the published keys as a JWK set (RFC 7517), which everybody may read and cache. */
async function publishKeys(request: Request): Promise<Response> {
  const response = await passOn(request);
  response.headers.set("Cache-Control", `public, max-age=${keySetAgeSecondsMax}`);
  return response;
}

/** Lists the user's sessions, this one first. */
async function list(_request: Request, user: SignedInUser): Promise<Response> {
  return Response.json(await listSessions(user.id, user.sessionId));
}

/** Ends one session. Ending the one that asks is a sign-out. */
async function revokeSession(request: Request, user: SignedInUser): Promise<Response> {
  const { id } = revokeSessionInput.parse(await readJson(request));
  await endSession(user.id, id);
  logAuthEvent("sessions revoked");
  return id === user.sessionId
    ? signedOut(request, { status: true })
    : Response.json({ status: true });
}

/** Ends all sessions, including this one. */
async function revokeSessions(request: Request, user: SignedInUser): Promise<Response> {
  await refuseBody(request);
  await endAllSessions(user.id);
  logAuthEvent("sessions revoked");
  return signedOut(request, { status: true });
}

/** Ends all sessions but this one. */
async function revokeOtherSessions(request: Request, user: SignedInUser): Promise<Response> {
  await refuseBody(request);
  await endOtherSessions(user.id, user.sessionId);
  logAuthEvent("sessions revoked");
  return Response.json({ status: true });
}

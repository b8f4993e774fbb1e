import "server-only";
import { decodeJwt } from "jose";
import { z } from "zod";
import { keySetAgeSecondsMax } from "@/lib/auth/keys";
import { limitRequests } from "@/lib/auth/limits";
import { findSession } from "@/lib/auth/server";
import { emptyInput } from "@/lib/http/auth/auth-inputs";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { type Endpoints, get, post } from "@/lib/http/auth/endpoint";
import { authResponse, forwardAuth } from "@/lib/http/auth/forward-auth";
import { signedInUser } from "@/lib/http/auth/signed-in-user";
import { readOptionalJson } from "@/lib/http/read-json";
import { requestContext } from "@/lib/http/request-context";

const tokenBody = z.object({ token: z.string() });
const tokenClaims = z.object({ sub: z.string(), sid: z.string() });

export const sessionEndpoints: Endpoints = {
  "/sign-out": post(signOut),
  "/get-session": get(passOn),
  "/token": get(issueToken),
  "/jwks": get(publishKeys),
  "/list-sessions": get(passOn),
  "/revoke-sessions": post(revokeSessions),
  "/revoke-other-sessions": post(revokeSessions),
  "/ok": get(passOn),
};

/** Ends the session. It succeeds without one, too. */
async function signOut(request: Request): Promise<Response> {
  emptyInput.parse(await readOptionalJson(request));
  const session = await findSession(request.headers);
  const answer = await forwardAuth(request);
  logAuthEvent("signed out", session?.user.id);
  return authResponse(answer);
}

/** Answers as Better Auth does, without session tokens. */
async function passOn(request: Request): Promise<Response> {
  return authResponse(await forwardAuth(request));
}

/** A JWT for the session of the cookie. */
async function issueToken(request: Request): Promise<Response> {
  const answer = await forwardAuth(request);
  const { sub, sid } = tokenClaims.parse(decodeJwt(tokenBody.parse(answer.body).token));
  requestContext().userId = sub;
  await limitRequests("token", sid);
  return authResponse(answer);
}

/** The published keys as a JWK set (RFC 7517), for anybody, to be kept a while. */
async function publishKeys(request: Request): Promise<Response> {
  const response = await passOn(request);
  response.headers.set("Cache-Control", `public, max-age=${keySetAgeSecondsMax}`);
  return response;
}

/** Ends sessions of the user: all of them, or all but this one, as the path says. */
async function revokeSessions(request: Request): Promise<Response> {
  await signedInUser(request);
  emptyInput.parse(await readOptionalJson(request));
  const answer = await forwardAuth(request);
  logAuthEvent("sessions revoked");
  return authResponse(answer);
}

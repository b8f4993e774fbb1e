import "server-only";
import {
  type DevicePoll,
  decideDeviceRequest,
  findDeviceRequest,
  noSuchDevice,
  redeemDeviceCode,
  startDeviceRequest,
} from "@/lib/account/device-requests";
import { requireVerifiedEmail } from "@/lib/auth/features";
import { limitRequests } from "@/lib/auth/rate-limits";
import { requireRecentSignIn } from "@/lib/auth/recent-sign-in";
import { ipAddressOf, networkOf } from "@/lib/auth/request-client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logAuthEvent, recordChange } from "@/lib/http/auth/auth-events";
import {
  deviceCodeInput,
  deviceGrantInput,
  grantInput,
  refreshGrantInput,
  userCodeInput,
} from "@/lib/http/auth/device-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { exchangeApiKey } from "@/lib/http/auth/exchange-api-key";
import { OauthError, withOauthErrors } from "@/lib/http/auth/oauth-error";
import { type SignedInUser, withUser } from "@/lib/http/auth/with-user";
import { readFormOrJson } from "@/lib/http/read-form";
import { readJson } from "@/lib/http/read-json";
import { type Scope, scopes } from "@/lib/operations/scopes";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/** The routes that a device calls (RFC 8628), and those for the person who approves it. */
export const deviceEndpoints: Endpoints = {
  "/device/code": post(withOauthErrors(issueCodes)),
  "/device/token": post(withOauthErrors(issueToken)),
  "/device/verify": post(withUser(verify)),
  "/device/approve": post(withUser(approve)),
  "/device/deny": post(withUser(deny)),
};

/** Shows the request of the device that waits under a user code. */
async function verify(request: Request, user: SignedInUser): Promise<Response> {
  const userCode = await typedCode(request, user);
  const found = await findDeviceRequest(userCode);
  if (!found) {
    throw noSuchDevice();
  }
  return Response.json(found);
}

/** Approves the device: it gets an API key of the user the next time it polls. */
async function approve(request: Request, user: SignedInUser): Promise<Response> {
  const userCode = await typedCode(request, user);
  requireVerifiedEmail(user);
  await requireRecentSignIn(user.id, user.sessionId);
  await decideDeviceRequest(user.id, user.sessionId, userCode, "approved");
  recordChange(user, "device let in");
  return Response.json({ status: true });
}

/** Denies the device access. */
async function deny(request: Request, user: SignedInUser): Promise<Response> {
  const userCode = await typedCode(request, user);
  await decideDeviceRequest(user.id, user.sessionId, userCode, "denied");
  logAuthEvent("device turned away");
  return Response.json({ status: true });
}

/** Limits how many codes a person can type, so that nobody finds the codes of others by guessing. */
async function typedCode(request: Request, user: SignedInUser): Promise<string> {
  const { userCode } = userCodeInput.parse(await readJson(request));
  await limitRequests("userCode", user.id);
  return userCode;
}

/** Gives a device the code that it shows and the code that it polls with. */
async function issueCodes(request: Request): Promise<Response> {
  await limitRequests("deviceCode", networkOf(request.headers));
  const { client_id: clientId, scope } = deviceCodeInput.parse(await readFormOrJson(request));
  const started = await startDeviceRequest({
    clientId,
    scopes: readScopes(scope),
    ipAddress: ipAddressOf(request.headers),
  });
  const page = `${env.baseUrl}/device`;
  return Response.json({
    device_code: started.deviceCode,
    user_code: started.userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${started.userCode}`,
    expires_in: started.expiresIn,
    interval: started.interval,
  });
}

/** Gives a device a token: after its approval, and later for its API key. */
async function issueToken(request: Request): Promise<Response> {
  const body = await readFormOrJson(request);
  const key = await keyFor(grantInput.parse(body).grant_type, body);
  const { token, expiresIn, scope } = await exchangeApiKey(request, key).catch((error) => {
    throw isKeyRefused(error)
      ? new OauthError("invalid_grant", "This refresh token is unknown, has ended or was revoked.")
      : error;
  });
  return Response.json({
    access_token: token,
    token_type: "Bearer",
    expires_in: expiresIn,
    scope,
    refresh_token: key,
  });
}

async function keyFor(grantType: string, body: unknown): Promise<string> {
  switch (grantType) {
    case deviceGrant: {
      const { device_code: deviceCode, client_id: clientId } = deviceGrantInput.parse(body);
      return keyIn(await redeemDeviceCode(deviceCode, clientId));
    }
    case "refresh_token":
      return refreshGrantInput.parse(body).refresh_token;
    default:
      throw new OauthError(
        "unsupported_grant_type",
        `Send grant_type as ${deviceGrant} or refresh_token.`,
      );
  }
}

function keyIn(poll: DevicePoll): string {
  switch (poll.outcome) {
    case "approved":
      return poll.key;
    case "pending":
      throw new OauthError("authorization_pending", "Nobody has decided yet. Ask again.");
    case "too soon":
      throw new OauthError("slow_down", "Wait five seconds longer between two requests.");
    case "denied":
      throw new OauthError("access_denied", "The device was not let in.");
    case "over":
      throw new OauthError("expired_token", "The code is over. Start again with a new one.");
    case "unknown":
      throw new OauthError(
        "invalid_grant",
        "This device code is unknown, was used, or was issued to another client_id.",
      );
  }
}

/** Reads a list of scopes. An empty one stands for all scopes. */
function readScopes(text: string): Scope[] {
  const asked = text.split(" ").filter(Boolean);
  if (asked.some((scope) => !scopes.some((known) => known === scope))) {
    throw new OauthError("invalid_scope", `The scopes are ${scopes.join(" and ")}.`);
  }
  return asked.length === 0 ? [...scopes] : scopes.filter((scope) => asked.includes(scope));
}

function isKeyRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === "invalid_token";
}

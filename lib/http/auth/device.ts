import "server-only";
import {
  decideDeviceRequest,
  findDeviceRequest,
  noSuchDevice,
} from "@/lib/account/device-requests";
import { limitRequests } from "@/lib/auth/rate-limits";
import { requireRecentSignIn } from "@/lib/auth/recent-sign-in";
import { requireVerifiedEmail } from "@/lib/auth/verified-email";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { deviceGrantEndpoints } from "@/lib/http/auth/device-grant";
import { userCodeInput } from "@/lib/http/auth/device-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { recordChange } from "@/lib/http/auth/record-change";
import type { SignedInUser } from "@/lib/http/auth/signed-in-user";
import { withUser } from "@/lib/http/auth/with-user";
import { readJson } from "@/lib/http/read-json";

export const deviceEndpoints: Endpoints = {
  ...deviceGrantEndpoints,
  "/device/verify": post(withUser(verify)),
  "/device/approve": post(withUser(approve)),
  "/device/deny": post(withUser(deny)),
};

/** What the device that waits under a code asks for. */
async function verify(request: Request, user: SignedInUser): Promise<Response> {
  const userCode = await typedCode(request, user);
  const found = await findDeviceRequest(userCode);
  if (!found) {
    throw noSuchDevice();
  }
  return Response.json(found);
}

/** Lets the device in: it gets an API key of the user when it asks next. */
async function approve(request: Request, user: SignedInUser): Promise<Response> {
  const userCode = await typedCode(request, user);
  requireVerifiedEmail(user);
  await requireRecentSignIn(user.id, user.sessionId);
  await decideDeviceRequest(user.id, user.sessionId, userCode, "approved");
  recordChange(user, "device let in");
  return Response.json({ status: true });
}

/** Turns the device away. */
async function deny(request: Request, user: SignedInUser): Promise<Response> {
  const userCode = await typedCode(request, user);
  await decideDeviceRequest(user.id, user.sessionId, userCode, "denied");
  logAuthEvent("device turned away");
  return Response.json({ status: true });
}

/** Typing is limited, so that nobody finds the codes of others by trying. */
async function typedCode(request: Request, user: SignedInUser): Promise<string> {
  const { userCode } = userCodeInput.parse(await readJson(request));
  await limitRequests("userCode", user.id);
  return userCode;
}

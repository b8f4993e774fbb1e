import "server-only";
import { decideDeviceRequest, noSuchDevice } from "@/lib/account/decide-device-request";
import { findDeviceRequest } from "@/lib/account/find-device-request";
import { tellOfChange } from "@/lib/account/tell-of-change";
import { limitRequests } from "@/lib/auth/limits";
import { requireRecentSignIn } from "@/lib/auth/recent-sign-in";
import { requireVerifiedEmail } from "@/lib/auth/verified-email";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { deviceGrantEndpoints } from "@/lib/http/auth/device-grant";
import { userCodeInput } from "@/lib/http/auth/device-inputs";
import { type Endpoints, post } from "@/lib/http/auth/endpoint";
import { type SignedInUser, signedInUser } from "@/lib/http/auth/signed-in-user";
import { readJson } from "@/lib/http/read-json";

export const deviceEndpoints: Endpoints = {
  ...deviceGrantEndpoints,
  "/device/verify": post(verify),
  "/device/approve": post(approve),
  "/device/deny": post(deny),
};

/** What the device that waits under a code asks for. */
async function verify(request: Request): Promise<Response> {
  const { userCode } = await typedCode(request);
  const found = await findDeviceRequest(userCode);
  if (!found) {
    throw noSuchDevice();
  }
  return Response.json(found);
}

/** Lets the device in: it gets an API key of the user when it asks next. */
async function approve(request: Request): Promise<Response> {
  const { user, userCode } = await typedCode(request);
  requireVerifiedEmail(user);
  await requireRecentSignIn(user.id, user.sessionId);
  await decideDeviceRequest(user.id, user.sessionId, userCode, "approved");
  logAuthEvent("device let in");
  tellOfChange(user, "device let in");
  return Response.json({ status: true });
}

/** Turns the device away. */
async function deny(request: Request): Promise<Response> {
  const { user, userCode } = await typedCode(request);
  await decideDeviceRequest(user.id, user.sessionId, userCode, "denied");
  logAuthEvent("device turned away");
  return Response.json({ status: true });
}

/** Typing is limited, so that nobody finds the codes of others by trying. */
async function typedCode(request: Request): Promise<{ user: SignedInUser; userCode: string }> {
  const user = await signedInUser(request);
  const { userCode } = userCodeInput.parse(await readJson(request));
  await limitRequests("userCode", user.id);
  return { user, userCode };
}

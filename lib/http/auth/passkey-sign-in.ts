import "server-only";
import { beginPasskeySignIn, checkPasskey } from "@/lib/account/passkey-sign-in";
import { networkOf } from "@/lib/auth/client-ip";
import { passkeyChallengeSeconds } from "@/lib/auth/passkey-challenges";
import { limitRequests } from "@/lib/auth/rate-limits";
import { siteCookie } from "@/lib/auth/site-cookie";
import { findTwoStepStart, secondStepDeviceCookie } from "@/lib/auth/trusted-devices";
import { AppError } from "@/lib/errors";
import { logAuthEvent } from "@/lib/http/auth/auth-log";
import { completeSignIn } from "@/lib/http/auth/complete-sign-in";
import { authResponse } from "@/lib/http/auth/forward-auth";
import { passkeySignInInput } from "@/lib/http/auth/passkey-inputs";
import { secondStepCookie, wantsToBeRemembered } from "@/lib/http/auth/second-step";
import { readJson, refuseBody } from "@/lib/http/read-json";

const cookie = siteCookie("passkey", passkeyChallengeSeconds);

/** Begins a sign-in by passkey: the same for everybody, and a cookie for its one answer. */
export async function beginSignIn(request: Request): Promise<Response> {
  await limitRequests("passkey", networkOf(request.headers));
  await refuseBody(request);
  const { options, token } = await beginPasskeySignIn();
  return authResponse({ body: options, cookies: [cookie.set(token)] });
}

/**
 * Signs in by passkey, which is both steps in one: it takes the place of a second step that waits,
 * and lasts as long as was asked for at its first.
 */
export async function finishSignIn(request: Request): Promise<Response> {
  await limitRequests("signIn", networkOf(request.headers));
  const { response } = passkeySignInInput.parse(await readJson(request));
  const use = await checkPasskey(cookie.read(request.headers) ?? "", response);
  if (!use) {
    logAuthEvent("sign-in failed");
    throw new AppError(
      "unauthenticated",
      "This passkey does not sign in here, or it took too long. Try again.",
    );
  }
  const { user, passkeyId } = use;
  const start = await findTwoStepStart(user.id);
  const rememberMe = wantsToBeRemembered(request.headers);
  const answer = await completeSignIn(request, user, rememberMe, {
    kind: "passkey",
    id: passkeyId,
  });
  answer.headers.append("Set-Cookie", cookie.clear);
  answer.headers.append("Set-Cookie", secondStepCookie.clear);
  if (start.enabledAt) {
    answer.headers.append("Set-Cookie", secondStepDeviceCookie(start));
  }
  return answer;
}

import "server-only";
import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { keepPasskeyChallenge, passkeyChallengeSeconds } from "@/lib/auth/passkey-challenges";
import { relyingParty } from "@/lib/auth/relying-party";

/** What the browser needs to find a passkey, and the token of the challenge in it. */
export type PasskeySignIn = { options: PublicKeyCredentialRequestOptionsJSON; token: string };

/** Begins a sign-in with whatever passkey the browser has: no list of ours tells who has which. */
export async function beginPasskeySignIn(): Promise<PasskeySignIn> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    timeout: passkeyChallengeSeconds * 1_000,
    userVerification: "required",
  });
  return { options, token: await keepPasskeyChallenge(null, options.challenge) };
}

import "server-only";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { isoBase64URL } from "@simplewebauthn/server/helpers";
import { type AccountUser, findAccountUser } from "@/lib/auth/credentials";
import {
  keepPasskeyChallenge,
  passkeyChallengeSeconds,
  takePasskeyChallenge,
} from "@/lib/auth/passkey-challenges";
import { relyingParty, siteOrigins } from "@/lib/auth/site";
import { database } from "@/lib/db/client";

/** The options that a browser needs to use a passkey, and the token of their challenge. */
export type PasskeySignIn = { options: PublicKeyCredentialRequestOptionsJSON; token: string };

/** Begins a sign-in with any passkey that the browser has, so that the options reveal no account. */
export async function beginPasskeySignIn(): Promise<PasskeySignIn> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    timeout: passkeyChallengeSeconds * 1_000,
    userVerification: "required",
  });
  return { options, token: await keepPasskeyChallenge(null, options.challenge) };
}

export type PasskeyUse = { user: AccountUser; passkeyId: string };

type Passkey = { userId: string; id: string; publicKey: string; counter: bigint };

/**
 * Finds the passkey that answered a challenge, and its owner, or null if the answer is not valid. The
 * authenticator has verified its user, so this is both factors of a sign-in.
 *
 * @param token the token of the challenge, which is used up in any case
 */
export async function checkPasskey(
  token: string,
  response: AuthenticationResponseJSON,
): Promise<PasskeyUse | null> {
  const challenge = await takePasskeyChallenge(null, token);
  const passkey = await database().passkey.findUnique({
    where: { credentialId: response.id },
    select: { userId: true, id: true, publicKey: true, counter: true },
  });
  if (challenge === null || !passkey || !namesOwner(response, passkey)) {
    return null;
  }
  const use = await verify(response, challenge, passkey);
  const user = use && (await noteUse(passkey, use)) ? await findAccountUser(passkey.userId) : null;
  return user && { user, passkeyId: passkey.id };
}

/** The options list no credentials, so the answer has to name the user (WebAuthn, section 7.2). */
function namesOwner({ response }: AuthenticationResponseJSON, { userId }: Passkey): boolean {
  return response.userHandle === Buffer.from(userId).toString("base64url");
}

type Use = { counter: bigint; backedUp: boolean };

/**
 * Returns null for every error: the library throws, for example, for a counter that went backwards.
 */
async function verify(
  response: AuthenticationResponseJSON,
  challenge: string,
  { publicKey, counter }: Passkey,
): Promise<Use | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: siteOrigins,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: {
        id: response.id,
        publicKey: isoBase64URL.toBuffer(publicKey),
        counter: Number(counter),
      },
    });
    const { newCounter, credentialBackedUp } = authenticationInfo;
    return verified ? { counter: BigInt(newCounter), backedUp: credentialBackedUp } : null;
  } catch {
    return null;
  }
}

/** Of two answers with the same count, as a cloned authenticator gives, only one is accepted. */
async function noteUse({ userId, id }: Passkey, { counter, backedUp }: Use): Promise<boolean> {
  const countsUp = counter === 0n ? { equals: 0n } : { lt: counter };
  const { count } = await database().passkey.updateMany({
    where: { userId, id, counter: countsUp },
    data: { counter, backedUp, lastUsedAt: new Date() },
  });
  return count === 1;
}

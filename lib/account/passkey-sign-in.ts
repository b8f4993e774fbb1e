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

export type PasskeyUse = { user: AccountUser; passkeyId: string };

type Passkey = { userId: string; id: string; publicKey: string; counter: bigint };

/**
 * Which passkey answered a challenge, and whose it is, or null. The person has been verified by the
 * authenticator, so this is both factors of a sign-in.
 *
 * @param token the one of the challenge, which is used up whatever comes of it
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

/** Without a list of ours, the answer has to name the person (WebAuthn, section 7.2). */
function namesOwner({ response }: AuthenticationResponseJSON, { userId }: Passkey): boolean {
  return response.userHandle === Buffer.from(userId).toString("base64url");
}

type Use = { counter: bigint; backedUp: boolean };

/** The library throws for whatever is wrong with an answer, a counter that went back among it. */
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

/** Of two answers with one count, which a copied authenticator would give, one is let in. */
async function noteUse({ userId, id }: Passkey, { counter, backedUp }: Use): Promise<boolean> {
  const countsUp = counter === 0n ? { equals: 0n } : { lt: counter };
  const { count } = await database().passkey.updateMany({
    where: { userId, id, counter: countsUp },
    data: { counter, backedUp, lastUsedAt: new Date() },
  });
  return count === 1;
}

import "server-only";
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
} from "@simplewebauthn/server";
import { passkeyAlgorithms } from "@/lib/account/add-passkey";
import { readTransports } from "@/lib/account/passkey-transports";
import { keepPasskeyChallenge, passkeyChallengeSeconds } from "@/lib/auth/passkey-challenges";
import { relyingParty } from "@/lib/auth/relying-party";
import { database } from "@/lib/db/client";

/** What the browser needs to make a passkey, and the token of the challenge in it. */
export type PasskeyBeginning = { options: PublicKeyCredentialCreationOptionsJSON; token: string };

/** Begins a passkey: one that needs no address typed, and asks its holder for a PIN or a finger. */
export async function beginPasskey(user: {
  id: string;
  email: string;
  name: string;
}): Promise<PasskeyBeginning> {
  const known = await database().passkey.findMany({
    where: { userId: user.id },
    select: { credentialId: true, transports: true },
  });
  const options = await generateRegistrationOptions({
    rpID: relyingParty.id,
    rpName: relyingParty.name,
    userID: new Uint8Array(Buffer.from(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    timeout: passkeyChallengeSeconds * 1_000,
    attestationType: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: passkeyAlgorithms,
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: readTransports(transports.split(",")),
    })),
  });
  return { options, token: await keepPasskeyChallenge(user.id, options.challenge) };
}

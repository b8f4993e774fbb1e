import "server-only";
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeAttestationObject, isoBase64URL, isoCBOR } from "@simplewebauthn/server/helpers";
import { passkeysMax } from "@/lib/account/limits";
import { changeAs } from "@/lib/account/locks";
import {
  keepPasskeyChallenge,
  passkeyChallengeSeconds,
  takePasskeyChallenge,
} from "@/lib/auth/passkey-challenges";
import { relyingParty, siteOrigins } from "@/lib/auth/site";
import { database, isUniqueViolation } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { uuidVersion7 } from "@/lib/planning/uuid-version-7";

/** EdDSA, ES256 and RS256 as COSE numbers them: the algorithms of common authenticators. */
const passkeyAlgorithms = [-8, -7, -257];

const publicKeyBytesMax = 1_024;

type Transport = NonNullable<RegistrationResponseJSON["response"]["transports"]>[number];

const knownTransports: Transport[] = [
  "ble",
  "cable",
  "hybrid",
  "internal",
  "nfc",
  "smart-card",
  "usb",
];

/** The options that a browser needs to make a passkey, and the token of their challenge. */
export type PasskeyBeginning = { options: PublicKeyCredentialCreationOptionsJSON; token: string };

/** Begins to register a discoverable passkey, which verifies its user by a PIN or a fingerprint. */
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

/** A browser's answer to those options. */
export type NewPasskey = {
  token: string;
  response: RegistrationResponseJSON;
  transports: string[];
  name: string;
};

/** A passkey that was just made. */
export type AddedPasskey = { id: string; name: string; createdAt: Date };

/**
 * Adds a passkey to an account.
 *
 * @param sessionId the session that asks
 * @param token the token of the challenge, which is used up in any case
 * @returns null when the answer does not match the challenge, the site or the person
 * @throws AppError `conflict` beyond 20 passkeys, or for one that is registered already,
 *   `unauthenticated` when the session ended in the same moment
 */
export async function addPasskey(
  userId: string,
  sessionId: string,
  { token, response, transports, name }: NewPasskey,
): Promise<AddedPasskey | null> {
  const challenge = await takePasskeyChallenge(userId, token);
  const registered = challenge === null ? null : await verify(response, challenge);
  if (!registered) {
    return null;
  }
  const { credential, credentialBackedUp } = registered;
  const passkey = {
    userId,
    id: uuidVersion7(),
    name,
    credentialId: credential.id,
    publicKey: isoBase64URL.fromBuffer(credential.publicKey),
    counter: credential.counter,
    transports: readTransports(transports).join(","),
    backedUp: credentialBackedUp,
  };
  return insert(passkey, sessionId);
}

/** Returns undefined for every error, because the library throws for every invalid answer. */
async function verify(response: RegistrationResponseJSON, challenge: string) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: withoutAttestation(response),
      expectedChallenge: challenge,
      expectedOrigin: siteOrigins,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: passkeyAlgorithms,
    });
    const { id, publicKey } = registrationInfo?.credential ?? {};
    // The id in the signed data is stored. The library does not compare it with the one beside it.
    const isSound = id === response.id && (publicKey?.length ?? 0) <= publicKeyBytesMax;
    return isSound ? registrationInfo : undefined;
  } catch {
    return undefined;
  }
}

/**
 * We do not ask for an attestation, so one that is sent is dropped: to verify it, the library could
 * fetch revocation lists from any address that a certificate names.
 */
function withoutAttestation(response: RegistrationResponseJSON): RegistrationResponseJSON {
  const { attestationObject } = response.response;
  const authData = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject)).get(
    "authData",
  );
  const plain = isoCBOR.encode(
    new Map<string, string | Map<string, string> | Uint8Array>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", authData],
    ]),
  );
  return {
    ...response,
    response: { ...response.response, attestationObject: isoBase64URL.fromBuffer(plain) },
  };
}

type PasskeyRow = {
  userId: string;
  id: string;
  name: string;
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string;
  backedUp: boolean;
};

async function insert(passkey: PasskeyRow, sessionId: string): Promise<AddedPasskey> {
  try {
    return await changeAs(passkey.userId, sessionId, async (tx) => {
      if ((await tx.passkey.count({ where: { userId: passkey.userId } })) >= passkeysMax) {
        throw new AppError("conflict", `An account has at most ${passkeysMax} passkeys.`);
      }
      return tx.passkey.create({
        data: passkey,
        select: { id: true, name: true, createdAt: true },
      });
    });
  } catch (error) {
    throw isUniqueViolation(error)
      ? new AppError("conflict", "This passkey is registered already.")
      : error;
  }
}

/** The known transports among those that a browser named, which may include newer ones. */
function readTransports(named: string[]): Transport[] {
  return knownTransports.filter((transport) => named.includes(transport));
}

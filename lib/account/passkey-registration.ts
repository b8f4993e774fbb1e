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
import { uuidVersion7 } from "@/lib/uuid-version-7";

/** EdDSA, ES256 and RS256 (COSE): what authenticators have. */
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

/** What a browser answered to the beginning of a passkey. */
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
 * @param token the one of its challenge, which is used up whatever comes of it
 * @returns null when the answer does not fit the challenge, the site or the person
 * @throws AppError `conflict` beyond 20 passkeys, or for one that is registered already,
 *   `unauthenticated` when the session was ended in the same moment
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

/** The library throws for whatever is wrong with an answer. */
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
    // The id in the signed data is what is stored, and the library compares it with no other.
    const isSound = id === response.id && (publicKey?.length ?? 0) <= publicKeyBytesMax;
    return isSound ? registrationInfo : undefined;
  } catch {
    return undefined;
  }
}

/**
 * We ask for no attestation, so one that comes along is not looked at: checking it could fetch lists
 * of revoked certificates from wherever the certificate says.
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

/** The ways of reaching an authenticator among what a browser said. It may know ones that we do not. */
function readTransports(said: string[]): Transport[] {
  return knownTransports.filter((transport) => said.includes(transport));
}

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import { z } from "zod";
import { type Answer, call } from "@/tests/support/api";
import { type CookieJar, createCookieJar } from "@/tests/support/cookies";
import { cookieFor, type SignedIn } from "@/tests/support/users";

const flags = { present: 0x01, verified: 0x04, hasKey: 0x40 };

const creation = z.object({
  challenge: z.string(),
  user: z.object({ id: z.string() }),
});
const added = z.strictObject({
  passkey: z.strictObject({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() }),
});
const request = z.object({ challenge: z.string() });

/** What an authenticator does otherwise than a good one in the right place. */
export type Deviation = {
  origin?: string;
  rpId?: string;
  challenge?: string;
  isVerified?: boolean;
  counter?: number;
  userHandle?: string;
  type?: string;
  signedId?: Buffer;
};

/** An authenticator in software that holds one passkey, with a key for ES256. */
export function createAuthenticator() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(32);
  let counter = 0;
  let userHandle = "";

  return {
    id: id.toString("base64url"),

    /** Answers `navigator.credentials.create` as a browser hands it on. */
    register(options: unknown, deviation: Deviation = {}) {
      const { challenge, user } = creation.parse(options);
      userHandle = user.id;
      const signedId = deviation.signedId ?? id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(signedId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, signedId, coseKey(publicKey)]);
      const authData = authenticatorData(deviation, flags.hasKey, deviation.counter ?? counter);
      const attestationObject = isoCBOR.encode(
        new Map<string, string | Map<string, string> | Uint8Array>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", new Uint8Array(Buffer.concat([authData, attested]))],
        ]),
      );
      return credential(id, {
        clientDataJSON: clientData("webauthn.create", challenge, deviation).toString("base64url"),
        attestationObject: Buffer.from(attestationObject).toString("base64url"),
        transports: ["internal", "hybrid", "something-new"],
      });
    },

    /** Answers `navigator.credentials.get` as a browser hands it on. */
    signIn(options: unknown, deviation: Deviation = {}) {
      const { challenge } = request.parse(options);
      counter = deviation.counter ?? counter + 1;
      const authData = authenticatorData(deviation, 0, counter);
      const clientDataJSON = clientData("webauthn.get", challenge, deviation);
      return credential(id, {
        clientDataJSON: clientDataJSON.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signed(privateKey, authData, clientDataJSON),
        userHandle: deviation.userHandle ?? userHandle,
      });
    },
  };
}

function credential<Response>(id: Buffer, response: Response) {
  return {
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    response,
    clientExtensionResults: { credProps: { rk: true } },
    authenticatorAttachment: "platform",
  };
}

function clientData(type: string, challenge: string, deviation: Deviation): Buffer {
  return Buffer.from(
    JSON.stringify({
      type: deviation.type ?? type,
      challenge: deviation.challenge ?? challenge,
      origin: deviation.origin ?? "http://localhost:3000",
      crossOrigin: false,
    }),
  );
}

function authenticatorData(deviation: Deviation, more: number, counter: number): Buffer {
  const verified = deviation.isVerified === false ? 0 : flags.verified;
  const tail = Buffer.alloc(5);
  tail.writeUInt8(flags.present | verified | more, 0);
  tail.writeUInt32BE(counter, 1);
  return Buffer.concat([sha256(Buffer.from(deviation.rpId ?? "localhost")), tail]);
}

function coseKey(publicKey: KeyObject): Uint8Array {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x, "base64url"))],
      [-3, new Uint8Array(Buffer.from(y, "base64url"))],
    ]),
  );
}

function signed(privateKey: KeyObject, authData: Buffer, clientDataJSON: Buffer): string {
  const data = Buffer.concat([authData, sha256(clientDataJSON)]);
  return sign("sha256", data, privateKey).toString("base64url");
}

function sha256(data: Buffer): Buffer {
  return createHash("sha256").update(data).digest();
}

/** Makes a passkey for somebody through the API. */
export async function addPasskeyTo(user: SignedIn, authenticator = createAuthenticator()) {
  const jar = createCookieJar(cookieFor(user));
  const begun = await call("POST", "/api/auth/passkey/generate-register-options", {
    headers: jar.headers(),
  });
  jar.keep(begun);
  const answer = await call("POST", "/api/auth/passkey/verify-registration", {
    headers: jar.headers(),
    body: { response: authenticator.register(begun.body) },
  });
  return { authenticator, passkey: added.parse(answer.body).passkey };
}

/** Begins a sign-in by passkey in a browser, which keeps the cookie of the challenge. */
export async function beginPasskeySignIn(jar: CookieJar): Promise<unknown> {
  const begun = await call("POST", "/api/auth/passkey/generate-authenticate-options", {
    headers: jar.headers(),
  });
  jar.keep(begun);
  return begun.body;
}

/** Finishes a sign-in by passkey. */
export async function finishPasskeySignIn(jar: CookieJar, response: unknown): Promise<Answer> {
  const answer = await call("POST", "/api/auth/passkey/verify-authentication", {
    headers: jar.headers(),
    body: { response },
  });
  jar.keep(answer);
  return answer;
}

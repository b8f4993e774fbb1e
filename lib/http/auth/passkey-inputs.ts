import "server-only";
import { z } from "zod";
import { name } from "@/lib/http/auth/auth-inputs";

// A credential's id has at most 1,023 bytes (WebAuthn, section 5.1).
const idLengthMax = 1_364;
const dataLengthMax = 16_384;
const userHandleLengthMax = 86;
const passkeyIdLengthMax = 64;

const id = base64Url(idLengthMax);
const data = base64Url(dataLengthMax);

// Browsers send more members, and newer ones more still; what is not looked at is dropped.
const registrationResponse = z
  .object({
    id,
    rawId: id,
    type: z.literal("public-key", 'must be "public-key"'),
    response: z.object({
      clientDataJSON: data,
      attestationObject: data,
      transports: z.array(z.string().max(32)).max(16).optional(),
    }),
  })
  .transform(({ response: { transports, ...response }, ...rest }) => ({
    credential: { ...rest, response, clientExtensionResults: {} },
    transports: transports ?? [],
  }));

const authenticationResponse = z
  .object({
    id,
    rawId: id,
    type: z.literal("public-key", 'must be "public-key"'),
    response: z.object({
      clientDataJSON: data,
      authenticatorData: data,
      signature: data,
      userHandle: base64Url(userHandleLengthMax),
    }),
  })
  .transform((response) => ({ ...response, clientExtensionResults: {} }));

const passkeyId = z
  .string()
  .min(1)
  .max(passkeyIdLengthMax)
  .regex(/^[\w-]+$/, "must be an id");

/** The bodies of the passkey routes. */
export const addPasskeyInput = z.strictObject({
  response: registrationResponse,
  name: name.optional(),
});
export const passkeySignInInput = z.strictObject({ response: authenticationResponse });
export const renamePasskeyInput = z.strictObject({ id: passkeyId, name });
export const deletePasskeyInput = z.strictObject({ id: passkeyId });

function base64Url(lengthMax: number) {
  return z
    .string("must be text")
    .max(lengthMax, `must have at most ${lengthMax} characters`)
    .regex(/^[A-Za-z0-9_-]+$/, "must be base64url");
}

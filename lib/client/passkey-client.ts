import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";
import { postJson } from "@/lib/client/post-json";
import { readText } from "@/lib/client/read-body";
import { canHavePasskeys } from "@/lib/operations/sign-in-ways";

type Reason = "cancelled" | "known-here" | "unsupported" | "failed";

const words: Record<Reason, string> = {
  cancelled: "No passkey was chosen. You can try again.",
  "known-here": "This device or key holds a passkey for your account already.",
  unsupported: "This browser cannot use passkeys here.",
  failed: "The device could not use a passkey. Try again, or use another one.",
};

/** Why the browser gave no passkey. `message` says it to the person, `cancelled` needs no words. */
export class PasskeyError extends Error {
  override readonly name = "PasskeyError";
  readonly reason: Reason;

  constructor(reason: Reason, cause?: unknown) {
    super(words[reason], { cause });
    this.reason = reason;
  }
}

/**
 * Whether this browser knows passkeys and lets pages of this address use them. False on the server: ask
 * after hydration.
 */
export function canUsePasskeys(): boolean {
  return browserSupportsWebAuthn() && canHavePasskeys(window.location);
}

/**
 * Makes a passkey on this device or a security key, for the person who is signed in.
 *
 * @throws PasskeyError when the browser gave none, ApiError `recent_sign_in_required` and others
 */
export async function addPasskey(name?: string): Promise<void> {
  const options = await postJson("/api/auth/passkey/generate-register-options");
  const response = await ceremony(() =>
    startRegistration({ optionsJSON: readCreationOptions(options) }),
  );
  await postJson("/api/auth/passkey/verify-registration", {
    response,
    ...(name === undefined ? {} : { name }),
  });
}

/**
 * Signs in with a passkey, both factors in one; the session comes as a cookie.
 *
 * @param options `conditional` offers passkeys in the autofill of a field whose `autocomplete`
 * holds "webauthn", and waits until one is picked; any later ceremony ends that wait as `cancelled`
 * @returns the person who is signed in now, who may be another one than before
 * @throws PasskeyError when the browser gave none, ApiError when the server refused it
 */
export async function signInWithPasskey(
  options: { conditional?: boolean } = {},
): Promise<{ userId: string }> {
  const isConditional = options.conditional === true;
  if (!canUsePasskeys() || (isConditional && !(await browserSupportsWebAuthnAutofill()))) {
    throw new PasskeyError("unsupported");
  }
  const request = await postJson("/api/auth/passkey/generate-authenticate-options");
  const response = await ceremony(() =>
    startAuthentication({
      optionsJSON: readRequestOptions(request),
      useBrowserAutofill: isConditional,
    }),
  );
  return readUser(await postJson("/api/auth/passkey/verify-authentication", { response }));
}

/**
 * Gives a passkey another name.
 *
 * @throws ApiError `invalid_input` at /name
 */
export async function renamePasskey(id: string, name: string): Promise<void> {
  await postJson("/api/auth/passkey/update-passkey", { id, name });
}

/**
 * Removes a passkey from the account; the device may still list it.
 *
 * @throws ApiError `recent_sign_in_required`, or `conflict` for the last way of the second step
 */
export async function deletePasskey(id: string): Promise<void> {
  await postJson("/api/auth/passkey/delete-passkey", { id });
}

async function ceremony<Result>(run: () => Promise<Result>): Promise<Result> {
  if (!canUsePasskeys()) {
    throw new PasskeyError("unsupported");
  }
  try {
    return await run();
  } catch (error) {
    throw new PasskeyError(reasonOf(error), error);
  }
}

// The browser says NotAllowedError for a refusal and for a timeout alike (WebAuthn, section 14.6.3).
function reasonOf(error: unknown): Reason {
  if (!(error instanceof Error)) {
    return "failed";
  }
  if (error.name === "NotAllowedError" || error.name === "AbortError") {
    return "cancelled";
  }
  if (error.name === "InvalidStateError") {
    return "known-here";
  }
  return "failed";
}

// Options are passed to the browser, which checks every member itself: only the challenge is looked at.
function isCreationOptions(body: unknown): body is PublicKeyCredentialCreationOptionsJSON {
  return isRecord(body) && typeof body.challenge === "string" && isRecord(body.user);
}

function readCreationOptions(body: unknown): PublicKeyCredentialCreationOptionsJSON {
  if (!isCreationOptions(body)) {
    throw unexpectedAnswer();
  }
  return body;
}

function isRequestOptions(body: unknown): body is PublicKeyCredentialRequestOptionsJSON {
  return isRecord(body) && typeof body.challenge === "string";
}

function readRequestOptions(body: unknown): PublicKeyCredentialRequestOptionsJSON {
  if (!isRequestOptions(body)) {
    throw unexpectedAnswer();
  }
  return body;
}

function readUser(body: unknown): { userId: string } {
  return { userId: readText(isRecord(body) ? body.user : null, "id") };
}

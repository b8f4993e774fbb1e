import { waitInWords } from "@/app/(auth)/explain-failure";
import { ApiError } from "@/lib/client/api-error";
import { PasskeyError } from "@/lib/client/passkey-client";
import { IdentityNotConfirmed } from "./identity-not-confirmed";

const otherwise = "Something went wrong. Try again.";

const words: Record<string, string> = {
  network: "The server could not be reached. Check your connection and try again.",
  timeout: "The server took too long to answer. Try again.",
  unauthenticated: "You are signed out. Load the page again to sign in.",
  unavailable: "The server is not available right now. Try again in a moment.",
  internal: "Something went wrong on the server. Try again in a moment.",
};

/** Why a setting was not changed, for the person who changed it. Takes whatever was thrown. */
export function failureWords(error: unknown): string {
  if (error instanceof IdentityNotConfirmed || error instanceof PasskeyError) return error.message;
  if (!(error instanceof ApiError)) return otherwise;
  if (error.code === "rate_limited") {
    return `Too many tries. Try again in ${waitInWords(error.retryAfterSeconds)}.`;
  }
  return words[error.code] ?? error.detail;
}

/**
 * What the server finds wrong with one member, as a sentence, or undefined.
 *
 * @param pointer the member, such as "/name"
 * @param subject what the sentence starts with, such as "The name"
 */
export function memberFailure(
  error: unknown,
  pointer: string,
  subject: string,
): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const found = error.errors.find((entry) => entry.pointer === pointer);
  return found && `${subject} ${found.detail}.`;
}

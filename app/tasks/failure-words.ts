import type { ApiError } from "@/lib/client/api-error";

const words: Record<string, string> = {
  network: "The server could not be reached.",
  timeout: "The server took too long to answer.",
  signed_out: "You are signed out.",
  another_person: "Somebody else is signed in now.",
  not_found: "This task was deleted elsewhere. Retrying brings it back.",
  rate_limited: "Too many changes in a short time. Wait a moment.",
  unavailable: "The server is not available right now.",
  internal: "Something went wrong on the server.",
  idempotency_in_progress: "An earlier attempt is still under way.",
};

/** Why a change was not saved, for the person who made it. */
export function failureWords(error: ApiError): string {
  const [first] = error.errors;
  if (first) {
    return first.detail;
  }
  return words[error.code] ?? error.detail;
}

import { ApiError } from "@/lib/client/api-error";
import type { CredentialsProblem } from "./credentials";

const addressTaken = "An account with this address exists already. Sign in instead.";

/** Turns what a sign-in or sign-up threw into words beside the field they belong to. */
export function explainFailure(error: unknown): CredentialsProblem {
  if (!(error instanceof ApiError)) return { form: "Something went wrong. Try again." };
  if (error.status === 0) {
    return {
      form: "The server could not be reached. Check your connection and try again. What you typed is still here.",
    };
  }
  if (error.status === 429) {
    return { form: `Too many tries. Try again in ${waitInWords(error.retryAfterSeconds)}.` };
  }
  if (error.status === 401) {
    return { form: "This address and password do not belong to an account." };
  }
  if (error.code.startsWith("USER_ALREADY_EXISTS") || error.code === "conflict") {
    return { email: addressTaken };
  }
  if (error.errors.length > 0) return byField(error);
  if (error.code.startsWith("PASSWORD_")) return { password: error.detail };
  if (error.code === "INVALID_EMAIL") return { email: error.detail };
  return { form: error.detail };
}

function byField(error: ApiError): CredentialsProblem {
  const problem: CredentialsProblem = {};
  for (const { pointer, detail } of error.errors) {
    if (pointer === "/email") problem.email ??= detail;
    else if (pointer === "/password") problem.password ??= detail;
    else problem.form ??= detail;
  }
  return problem;
}

function waitInWords(seconds: number | null): string {
  if (seconds === null) return "a minute";
  if (seconds < 60) return seconds <= 1 ? "a second" : `${Math.ceil(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

import { ApiError } from "@/lib/client/api-error";
import { PasskeyError } from "@/lib/client/passkey-client";

export type FieldName = "email" | "password" | "newPassword" | "code" | "recoveryCode" | "userCode";

/** What is wrong with a form: with single fields of it, or with the whole. */
export type FormProblem = { [Name in FieldName | "form"]?: string | undefined };

const addressTaken = "An account with this address exists already. Sign in instead.";

const subjects: Record<FieldName, string> = {
  email: "The address",
  password: "The password",
  newPassword: "The password",
  code: "The code",
  recoveryCode: "The code",
  userCode: "The code",
};

/**
 * Turns what a request threw into words beside the field they belong to.
 *
 * @param fields the fields of the form; what concerns another is said of the whole
 */
export function explainFailure(error: unknown, fields: readonly FieldName[]): FormProblem {
  if (error instanceof PasskeyError) return { form: error.message };
  if (!(error instanceof ApiError)) return { form: "Something went wrong. Try again." };
  if (error.status === 0) {
    return {
      form: "The server could not be reached. Check your connection and try again. What you typed is still here.",
    };
  }
  if (error.status === 429) {
    return { form: `Too many tries. Try again in ${waitInWords(error.retryAfterSeconds)}.` };
  }
  if (error.code === "conflict" && fields.includes("email")) return { email: addressTaken };
  if (error.status === 404 && fields.includes("userCode")) return { userCode: error.detail };
  return error.errors.length > 0 ? byField(error, fields) : { form: error.detail };
}

/** Whether a request failed because the link it came by does not work, or no longer. */
export function isDeadLink(error: unknown): boolean {
  return error instanceof ApiError && error.errors.some(({ pointer }) => pointer === "/token");
}

function byField(error: ApiError, fields: readonly FieldName[]): FormProblem {
  const problem: FormProblem = {};
  for (const { pointer, detail } of error.errors) {
    const name = fields.find((field) => pointer === `/${field}`);
    if (name) problem[name] ??= sentence(subjects[name], detail);
    else problem.form ??= sentence("What was sent", detail);
  }
  return problem;
}

/** The server says what is wrong without a subject: "must not be empty". */
function sentence(subject: string, detail: string): string {
  return /^\p{Ll}/u.test(detail) ? `${subject} ${detail.replace(/\.$/, "")}.` : detail;
}

export function waitInWords(seconds: number | null): string {
  if (seconds === null) return "a minute";
  if (seconds < 60) return seconds <= 1 ? "a second" : `${Math.ceil(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

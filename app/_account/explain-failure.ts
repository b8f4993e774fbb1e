import { ApiError } from "@/lib/client/api-error";
import { PasskeyError } from "@/lib/client/passkey-client";
import { IdentityNotConfirmed } from "./identity-not-confirmed";

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

const unreachable = "The server could not be reached. Check your connection and try again.";
const otherwise = "Something went wrong. Try again.";

const words: Record<string, string> = {
  network: unreachable,
  timeout: "The server took too long to answer. Try again.",
  unauthenticated: "You are signed out. Load the page again to sign in.",
  unavailable: "The server is not available right now. Try again in a moment.",
  internal: "Something went wrong on the server. Try again in a moment.",
};

/**
 * Turns what a request threw into words beside the field they belong to.
 *
 * @param fields the fields of the form; what concerns another is said of the whole
 */
export function explainFailure(error: unknown, fields: readonly FieldName[]): FormProblem {
  if (isOfThePerson(error)) {
    return { form: error.message };
  }
  if (!(error instanceof ApiError)) {
    return { form: otherwise };
  }
  if (error.status === 0) {
    return { form: `${unreachable} What you typed is still here.` };
  }
  if (error.status === 429) {
    return { form: tooManyTries(error) };
  }
  if (error.code === "conflict" && fields.includes("email")) {
    return { email: addressTaken };
  }
  if (error.status === 404 && fields.includes("userCode")) {
    return { userCode: error.detail };
  }
  return error.errors.length > 0 ? byField(error, fields) : { form: error.detail };
}

/** Why a setting was not changed, for the person who changed it. Takes whatever was thrown. */
export function describeFailure(error: unknown): string {
  if (isOfThePerson(error)) {
    return error.message;
  }
  if (!(error instanceof ApiError)) {
    return otherwise;
  }
  if (error.code === "rate_limited") {
    return tooManyTries(error);
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
  if (!(error instanceof ApiError)) {
    return undefined;
  }
  const found = error.errors.find((entry) => entry.pointer === pointer);
  return found && sentence(subject, found.detail);
}

/** Whether a request failed because the link it came by does not work, or no longer. */
export function isDeadLink(error: unknown): boolean {
  return isAt(error, "/token");
}

/** Whether the server found something wrong with one member, such as "/password". */
export function isAt(error: unknown, member: string): boolean {
  return error instanceof ApiError && error.errors.some(({ pointer }) => pointer === member);
}

/** What came of asking the person, in words of its own. */
function isOfThePerson(error: unknown): error is IdentityNotConfirmed | PasskeyError {
  return error instanceof IdentityNotConfirmed || error instanceof PasskeyError;
}

function tooManyTries({ retryAfterSeconds }: ApiError): string {
  return `Too many tries. Try again in ${waitInWords(retryAfterSeconds)}.`;
}

function byField(error: ApiError, fields: readonly FieldName[]): FormProblem {
  const problem: FormProblem = {};
  for (const { pointer, detail } of error.errors) {
    const name = fields.find((field) => pointer === `/${field}`);
    if (name) {
      problem[name] ??= sentence(subjects[name], detail);
    } else {
      problem.form ??= sentence("What was sent", detail);
    }
  }
  return problem;
}

/** The server says what is wrong without a subject: "must not be empty". */
function sentence(subject: string, detail: string): string {
  return /^\p{Ll}/u.test(detail) ? `${subject} ${detail.replace(/\.$/, "")}.` : detail;
}

function waitInWords(seconds: number | null): string {
  if (seconds === null) {
    return "a minute";
  }
  if (seconds < 60) {
    return seconds <= 1 ? "a second" : `${Math.ceil(seconds)} seconds`;
  }
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

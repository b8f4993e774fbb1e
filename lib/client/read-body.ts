import { unexpectedAnswer } from "@/lib/client/api-error";
import { isRecord } from "@/lib/client/is-record";

/**
 * The text that an answer holds under a name.
 *
 * @throws ApiError `unexpected_answer` where there is none
 */
export function readText(body: unknown, member: string): string {
  const value = isRecord(body) ? body[member] : undefined;
  if (typeof value !== "string") {
    throw unexpectedAnswer();
  }
  return value;
}

/**
 * The list of texts that an answer holds under a name.
 *
 * @throws ApiError `unexpected_answer` where there is none
 */
export function readTexts(body: unknown, member: string): string[] {
  const value = isRecord(body) ? body[member] : undefined;
  if (!areTexts(value)) {
    throw unexpectedAnswer();
  }
  return value;
}

export function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

export function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

import "server-only";
import { z } from "zod";
import { titleLengthMax } from "@/lib/operations/tasks/limits";
import { priorities } from "@/lib/planning/planned-task";
import { isStorable, textCharacter } from "@/lib/planning/text";

/** A title as a regular expression, for documents and generators; `schemas.ts` checks the real rule. */
export const anyTitle = `^\\s*[^\\s\\u0000\\ud800-\\udfff](?:${textCharacter}{0,${titleLengthMax - 2}}[^\\s\\u0000\\ud800-\\udfff])?\\s*$`;

/** The message of a schema: what a value must be, or that it is required. */
export function requiredOr(what: string) {
  return {
    error: (issue: { input?: unknown }) => (issue.input === undefined ? "is required" : what),
  };
}

/** The message for a body that is not an object. */
export const object = requiredOr("must be an object");

/** A string that every database and every program can hold. */
export const text = z
  .string(requiredOr("must be a string"))
  .refine(isStorable, "must not contain U+0000 or half of a surrogate pair");

/** How urgent a task can be. */
export const anyPriority = z.enum(
  priorities,
  requiredOr(`must be one of ${priorities.join(", ")}`),
);

/** A UUID in any case, read as lower case. */
export const uuid = z.guid(requiredOr("must be a UUID")).toLowerCase();

/** A date of the calendar, years 0001 to 9999, as YYYY-MM-DD. */
export const calendarDate = z.iso
  .date(requiredOr("must be a date of the calendar as YYYY-MM-DD"))
  .refine((value) => !value.startsWith("0000"), "must lie in the years 0001 to 9999")
  .meta({ pattern: "^(?!0000)" });

/** A time in UTC with milliseconds, as RFC 3339 writes it. */
export const moment = z.iso.datetime({ precision: 3 });

type Bounds = { min: 0 | 1; max: number; description: string; example: number };

/** A query parameter that is a whole number in plain digits. */
export function queryNumber({ min, max, description, example }: Bounds) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string(requiredOr("must be a number"))
    .regex(min === 0 ? /^(0|[1-9]\d{0,9})$/ : /^[1-9]\d{0,9}$/, message)
    .transform(Number)
    .refine((value) => value <= max, message)
    .meta({
      description,
      example,
      override: { type: "integer", minimum: min, maximum: max, pattern: undefined },
    });
}

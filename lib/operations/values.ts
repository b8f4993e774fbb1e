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

/** The message for a body that is no object. */
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

import "server-only";
import { z } from "zod";
import { pageSizeDefault, pageSizeMax, searchLengthMax } from "@/lib/operations/tasks/limits";
import { anyPriority, calendarDate, requiredOr, text } from "@/lib/operations/values";
import { statuses } from "@/lib/planning/filter";
import { sorts } from "@/lib/planning/order";
import { anyText, codePoints } from "@/lib/planning/text";

/** The query of a list. */
export const listTasksQuery = z.strictObject({
  status: z
    .enum(statuses, requiredOr(`must be one of ${statuses.join(", ")}`))
    .default("all")
    .meta({ description: "Which tasks to list.", example: "open" }),
  q: text
    .refine(
      (value) => codePoints(value) <= searchLengthMax,
      `must have at most ${searchLengthMax} characters`,
    )
    .meta({
      description:
        "Text to find in title or description, every character literal, upper and lower case alike.",
      example: "train",
      maxLength: searchLengthMax,
      pattern: anyText,
    })
    .exactOptional(),
  priority: anyPriority
    .meta({ description: "Only tasks of this priority.", example: "high" })
    .exactOptional(),
  dueBefore: calendarDate
    .meta({ description: "Only tasks due on this date or earlier.", example: "2026-12-31" })
    .exactOptional(),
  dueAfter: calendarDate
    .meta({ description: "Only tasks due on this date or later.", example: "2026-12-01" })
    .exactOptional(),
  sort: z
    .enum(sorts, requiredOr(`must be one of ${sorts.join(", ")}`))
    .default("-createdAt")
    .meta({
      description:
        "The order, with `-` for descending. Ties go by id; tasks without a due date come last either way.",
      example: "dueDate",
    }),
  limit: z
    .string(requiredOr("must be a number"))
    .regex(/^[1-9]\d{0,2}$/, `must be a whole number from 1 to ${pageSizeMax}`)
    .transform(Number)
    .refine((limit) => limit <= pageSizeMax, `must be a whole number from 1 to ${pageSizeMax}`)
    .default(pageSizeDefault)
    .meta({
      description: "How many tasks a page holds at most.",
      example: pageSizeDefault,
      override: {
        type: "integer",
        minimum: 1,
        maximum: pageSizeMax,
        pattern: undefined,
        default: pageSizeDefault,
      },
    }),
  cursor: z
    .string(requiredOr("must be a string"))
    .meta({
      description: "The `nextCursor` of the page before, sent with the same filters and sort.",
      example: "eyJpIjoiMDE5MzJmNWMifQ",
    })
    .exactOptional(),
});

export type ListTasksQuery = z.infer<typeof listTasksQuery>;

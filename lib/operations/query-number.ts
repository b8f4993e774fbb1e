import { z } from "zod";
import { requiredOr } from "@/lib/operations/values";

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

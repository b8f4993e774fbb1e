import "server-only";
import { z } from "zod";
import { AppError, invalidInput } from "@/lib/errors";
import { addressOf } from "@/lib/http/request-address";

/** The schema of no query. */
export const noQuery = z.strictObject({});

/**
 * Parses a request's query by a strict object schema whose members are strings to begin with.
 *
 * @throws AppError `invalid_input` naming each wrong, unknown or repeated parameter as `?name`
 */
export function readQuery<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): z.output<Schema> {
  const parameters = addressOf(request).searchParams;
  const repeated = [...new Set(parameters.keys())].filter(
    (name) => parameters.getAll(name).length > 1,
  );
  const parsed = schema.safeParse(Object.fromEntries(parameters));
  const errors = parsed.success ? [] : (toPointers(parsed.error) ?? []);
  const all = new Map(errors.map((error) => [error.pointer, error]));
  for (const name of repeated) {
    all.set(`?${name}`, { pointer: `?${name}`, detail: "may stand once only" });
  }
  if (!parsed.success || all.size > 0) {
    throw new AppError("invalid_input", "Some query parameters are not valid. See errors.", {
      errors: [...all.values()],
    });
  }
  return parsed.data;
}

/** Refuses any query, for a request that takes none. */
export function refuseQuery(request: Request): void {
  readQuery(request, noQuery);
}

function toPointers(error: z.ZodError) {
  return invalidInput(error.issues, (path) => `?${path.map(String).join(".")}`).errors;
}

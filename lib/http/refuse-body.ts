import "server-only";
import { z } from "zod";
import { readOptionalJson } from "@/lib/http/read-json";

const nothing = z.strictObject({}, "must be an empty object").optional();

/**
 * Refuses any body, for a request that takes none. An empty object counts as none, because many
 * clients send one.
 *
 * @throws AppError as `readJson` does
 * @throws ZodError for a body that holds something
 */
export async function refuseBody(request: Request): Promise<void> {
  nothing.parse(await readOptionalJson(request));
}

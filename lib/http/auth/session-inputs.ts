import "server-only";
import { z } from "zod";

const idLengthMax = 128;

/** The body that ends one session. */
export const revokeSessionInput = z.strictObject({
  id: z
    .string("must be the id of a session")
    .regex(new RegExp(`^[\\w-]{1,${idLengthMax}}$`), "must be the id of a session"),
});

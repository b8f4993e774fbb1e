import "server-only";
import { z } from "zod";
import { scopes } from "@/lib/auth/scopes";
import { name, text } from "@/lib/http/auth/auth-inputs";

const day = 86_400;
const lives = [30 * day, 90 * day, 365 * day] as const;

export const createApiKeyInput = z.strictObject({
  name,
  scopes: z
    .array(z.enum(scopes, `must be one of ${scopes.join(", ")}`), "must be a list of scopes")
    .min(1, "must have at least one scope")
    .refine((list) => new Set(list).size === list.length, "must not have a scope twice"),
  expiresIn: z.literal(
    [...lives, null],
    `must be one of ${lives.join(", ")} seconds, or null for a key that never ends`,
  ),
});

export const deleteApiKeyInput = z.strictObject({ keyId: text });

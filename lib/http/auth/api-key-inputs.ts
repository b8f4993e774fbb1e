import "server-only";
import { z } from "zod";
import { apiKeyLives } from "@/lib/account/limits";
import { scopes } from "@/lib/operations/scopes";
import { name, text } from "@/lib/http/auth/auth-inputs";
import { scopes } from "@/lib/operations/scopes";

const lives = Object.values(apiKeyLives);

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

import { postJson } from "@/lib/client/post-json";
import { readText } from "@/lib/client/read-body";

export type ApiKeyScope = "tasks:read" | "tasks:write";

export type NewApiKey = {
  name: string;
  scopes: ApiKeyScope[];
  /** Seconds from now, one of those on offer; null never ends. */
  expiresIn: number | null;
};

/**
 * Makes an API key.
 *
 * @returns the key itself, which is never shown again
 * @throws ApiError `recent_sign_in_required`, `invalid_input`, or `conflict` for too many keys
 */
export async function createApiKey(input: NewApiKey): Promise<string> {
  return readText(await postJson("/api/auth/api-key/create", input), "key");
}

/**
 * Revokes an API key; its tokens are dead within a second.
 *
 * @throws ApiError
 */
export async function revokeApiKey(keyId: string): Promise<void> {
  await postJson("/api/auth/api-key/delete", { keyId });
}

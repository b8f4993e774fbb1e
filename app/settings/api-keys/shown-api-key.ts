import { scopeWords } from "@/app/_account/scope-words";
import type { ApiKey } from "@/lib/account/api-keys";

/** An API key as the page shows it, without anything secret. */
export interface ShownApiKey {
  id: string;
  name: string;
  scopes: string;
  /** Its beginning and end, such as "evo_…x7Qd". */
  mark: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  hasExpired: boolean;
}

/** What the page shows of a key. */
export function shownApiKey(key: ApiKey, now: Date): ShownApiKey {
  const { id, name, scopes, lastFour, createdAt, lastUsedAt, expiresAt } = key;
  return {
    id,
    name,
    scopes: scopeWords(scopes),
    mark: `evo_…${lastFour}`,
    createdAt,
    lastUsedAt,
    expiresAt,
    hasExpired: expiresAt !== null && expiresAt <= now,
  };
}

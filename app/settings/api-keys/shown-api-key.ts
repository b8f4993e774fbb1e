import { scopeWords } from "@/app/_account/scope-words";
import { dayWords, type Reader } from "@/app/_reader/day-words";
import type { ApiKey } from "@/lib/account/list-api-keys";

/** An API key as the page shows it: everything in words, nothing secret. */
export interface ShownApiKey {
  id: string;
  name: string;
  scopes: string;
  /** Its beginning and end, such as "evo_…x7Qd". */
  mark: string;
  made: string;
  lastUsed: string;
  expiry: string;
  hasExpired: boolean;
}

/** Puts a key into the words of its reader. */
export function shownApiKey(key: ApiKey, reader: Reader, now = new Date()): ShownApiKey {
  const { id, name, lastFour, createdAt, lastUsedAt, expiresAt } = key;
  const hasExpired = expiresAt !== null && expiresAt <= now;
  return {
    id,
    name,
    scopes: scopeWords(key.scopes),
    mark: `evo_…${lastFour}`,
    made: `Made ${dayWords(createdAt, reader, now)}`,
    lastUsed: lastUsedAt ? `last used ${dayWords(lastUsedAt, reader, now)}` : "not used yet",
    expiry: expiryWords(expiresAt, reader, now),
    hasExpired,
  };
}

function expiryWords(expiresAt: Date | null, reader: Reader, now: Date): string {
  if (expiresAt === null) {
    return "Never expires";
  }
  const verb = expiresAt <= now ? "Expired" : "Expires";
  return `${verb} ${dayWords(expiresAt, reader, now)}`;
}

import "server-only";
import { database } from "@/lib/db/client";

/** An API key as its owner sees it. The key itself is shown once, when it is made. */
export type ApiKey = {
  id: string;
  name: string;
  scopes: string[];
  lastFour: string;
  /** Null never ends. */
  expiresAt: Date | null;
  /** To within a minute; null for "never". */
  lastUsedAt: Date | null;
  createdAt: Date;
};

/** The members of a row that its owner may see. */
export const apiKeyColumns = {
  id: true,
  name: true,
  scopes: true,
  lastFour: true,
  expiresAt: true,
  lastUsedAt: true,
  createdAt: true,
} as const;

type Row = Omit<ApiKey, "scopes"> & { scopes: string };

/** The API keys of a user, newest first, those that have ended too. */
export async function listApiKeys(userId: string): Promise<ApiKey[]> {
  const rows = await database().apiKey.findMany({
    where: { userId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: apiKeyColumns,
  });
  return rows.map(toApiKey);
}

/** A row as its owner sees it. */
export function toApiKey({ scopes, ...row }: Row): ApiKey {
  return { ...row, scopes: scopes.split(" ") };
}

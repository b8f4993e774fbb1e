import "server-only";
import { isCurrentPasswordHash } from "@/lib/auth/stored-password";
import { database } from "@/lib/db/client";

/** What proved who somebody is: their password, by its hash, or a passkey. */
export type SignInProof = { kind: "password"; hash: string } | { kind: "passkey"; id: string };

/**
 * Whether a proof still stands. It waits for a change that is under way, so a caller that stores a
 * session first and then asks here is ended by the change or learns of it.
 */
export async function isProofStanding(userId: string, proof: SignInProof): Promise<boolean> {
  return proof.kind === "password"
    ? isCurrentPasswordHash(userId, proof.hash)
    : isPasskey(userId, proof.id);
}

async function isPasskey(userId: string, id: string): Promise<boolean> {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM "passkey" WHERE "userId" = ${userId} AND "id" = ${id} FOR SHARE`;
  return rows.length > 0;
}

import "server-only";
import { createHash } from "node:crypto";

/** SHA-256 of a flat body's members, whatever their order. */
export function bodyHash(body: Record<string, unknown>): string {
  const members = Object.entries(body).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(members)).digest("hex");
}

import "server-only";
import { isLoopback } from "@/lib/auth/site";
import { env } from "@/lib/env";

/**
 * This site as authenticators know it (WebAuthn): passkeys are bound to its host. Of the names of this
 * machine only one can have passkeys.
 */
export const relyingParty = { id: nameOf(new URL(env.baseUrl)), name: "Evo-TODO" };

function nameOf({ hostname }: URL): string {
  return isLoopback(hostname) ? "localhost" : hostname;
}

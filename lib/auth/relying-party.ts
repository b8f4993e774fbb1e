import "server-only";
import { isLoopback } from "@/lib/auth/site";
import { env } from "@/lib/env";

/**
 * This site as authenticators know it (WebAuthn): passkeys are bound to its host. Browsers allow them
 * at localhost and not at a loopback IP address, so every loopback host counts as localhost.
 */
export const relyingParty = { id: nameOf(new URL(env.baseUrl)), name: "Evo-TODO" };

function nameOf({ hostname }: URL): string {
  return isLoopback(hostname) ? "localhost" : hostname;
}

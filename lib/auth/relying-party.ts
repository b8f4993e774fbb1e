import "server-only";
import { env } from "@/lib/env";

/** This site as authenticators know it (WebAuthn): passkeys are bound to its host. */
export const relyingParty = { id: new URL(env.baseUrl).hostname, name: "Evo-TODO" };

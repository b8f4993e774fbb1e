import "server-only";
import { env } from "@/lib/env";

const seconds = 2 * 365 * 24 * 60 * 60;

/** What a site over https answers with: browsers keep to https for two years. */
export const strictTransportSecurity = `max-age=${seconds}; includeSubDomains`;

/** The headers of every answer of this site whatever it is: over https that it stays so. */
export const transportHeaders: Record<string, string> = env.baseUrl.startsWith("https:")
  ? { "Strict-Transport-Security": strictTransportSecurity }
  : {};

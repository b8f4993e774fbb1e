import "server-only";
import { oauthRefusals } from "@/lib/auth/oauth-callback";
import type { ProviderFailure } from "@/lib/provider-failures";

const failures = new Map<string, ProviderFailure>([
  ["access_denied", "cancelled"],
  ["state_mismatch", "expired"],
  ["state_not_found", "expired"],
  ["email_not_found", "provider_address_not_confirmed"],
  [oauthRefusals.unconfirmedThere, "provider_address_not_confirmed"],
  [oauthRefusals.unconfirmedHere, "own_address_not_confirmed"],
  [oauthRefusals.signedOut, "signed_out"],
  [oauthRefusals.twoStepIsOn, "account_exists"],
  // An address that the provider has not confirmed was refused before, so this is a session that ended.
  ["unable_to_link_account", "signed_out"],
  ["account_not_linked", "account_exists"],
  ["account_already_linked_to_different_user", "linked_elsewhere"],
  ["signup_disabled", "sign_ups_closed"],
]);

/** Our code for one of Better Auth's or of the provider's. What we do not know is "provider_failed". */
export function explainProviderFailure(code: string | null): ProviderFailure {
  return failures.get(code ?? "") ?? "provider_failed";
}

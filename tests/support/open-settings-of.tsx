import type { ReactNode } from "react";
import { ConfirmIdentityProvider } from "@/app/_account/confirm-identity";
import { openSettings } from "@/tests/support/open-settings";
import type { SignedIn } from "@/tests/support/users";

/** As `openSettings`, for a part in which a person with a password may have to confirm who they are. */
export function openSettingsOf(person: SignedIn, part: ReactNode) {
  return openSettings(
    <ConfirmIdentityProvider user={person} hasPassword hasPasskey={false} providers={[]}>
      {part}
    </ConfirmIdentityProvider>,
  );
}

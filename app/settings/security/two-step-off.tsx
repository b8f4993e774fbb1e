import { Button } from "@/app/_ui/button";
import { SettingRow } from "@/app/settings/setting-row";

export interface TwoStepOffProps {
  hasPasskey: boolean;
  onAuthenticator: () => void;
  onPasskey: () => void;
}

/** Two-step sign-in that is off, and the ways to turn it on. */
export function TwoStepOff({ hasPasskey, onAuthenticator, onPasskey }: TwoStepOffProps) {
  return (
    <SettingRow label="Off" description="Your password alone opens the account.">
      <div className="flex flex-wrap gap-2">
        <Button onClick={onAuthenticator}>Turn on with an authenticator app</Button>
        {hasPasskey ? <Button onClick={onPasskey}>Turn on with passkeys</Button> : null}
      </div>
    </SettingRow>
  );
}

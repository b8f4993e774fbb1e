import { SettingRow } from "@/app/settings/setting-row";
import { SettingsSection } from "@/app/settings/settings-section";
import { AddPasskeyButton } from "./add-passkey-button";
import { PasskeyList } from "./passkey-list";
import type { ShownPasskey } from "./passkey-row";

export interface PasskeysSectionProps {
  passkeys: readonly ShownPasskey[];
  /** Whether passkeys can work at this address. */
  canAddPasskeys: boolean;
}

/** The passkeys of the account, and the way to another where one can work. */
export function PasskeysSection({ passkeys, canAddPasskeys }: PasskeysSectionProps) {
  return (
    <SettingsSection
      title="Passkeys"
      description="A passkey signs you in with the lock of your device, such as a fingerprint, instead of a password, and works on this site alone."
    >
      <SettingRow label={countInWords(passkeys.length)}>
        {canAddPasskeys ? (
          <AddPasskeyButton />
        ) : (
          <p className="text-muted">Passkeys do not work at this address.</p>
        )}
      </SettingRow>
      <PasskeyList passkeys={passkeys} />
    </SettingsSection>
  );
}

function countInWords(count: number): string {
  if (count === 0) {
    return "None yet";
  }
  return count === 1 ? "1 passkey" : `${count} passkeys`;
}

import { SettingRow } from "@/app/settings/setting-row";
import { SettingsSection } from "@/app/settings/settings-section";
import { AddPasskeyButton } from "./add-passkey-button";
import { PasskeyList } from "./passkey-list";
import type { ShownPasskey } from "./passkey-row";

/** The passkeys of the account, and the way to another. */
export function PasskeysSection({ passkeys }: { passkeys: readonly ShownPasskey[] }) {
  return (
    <SettingsSection
      title="Passkeys"
      description="A passkey signs you in with the lock of your device, such as a fingerprint, instead of a password, and works on this site alone."
    >
      <SettingRow label={countInWords(passkeys.length)}>
        <AddPasskeyButton />
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

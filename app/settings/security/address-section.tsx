import { SettingRow } from "@/app/settings/setting-row";
import { SettingsSection } from "@/app/settings/settings-section";
import { ChangeAddress } from "./change-address";
import { SendLinkButton } from "./send-link-button";

export interface AddressSectionProps {
  email: string;
  isConfirmed: boolean;
  /** Whether this site sends mail, without which an address is neither confirmed nor changed. */
  hasMail: boolean;
}

/** The address of the account: whether it is confirmed, and the way to another. */
export function AddressSection({ email, isConfirmed, hasMail }: AddressSectionProps) {
  if (!hasMail) {
    return (
      <SettingsSection title="E-mail address">
        <SettingRow label={email} />
      </SettingsSection>
    );
  }
  return (
    <SettingsSection title="E-mail address">
      <SettingRow label={email} description={isConfirmed ? "Confirmed" : "Not confirmed"}>
        <div className="flex flex-wrap gap-2">
          {isConfirmed ? null : <SendLinkButton email={email} />}
          <ChangeAddress />
        </div>
      </SettingRow>
    </SettingsSection>
  );
}

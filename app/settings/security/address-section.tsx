import { SettingRow } from "@/app/settings/setting-row";
import { SettingsSection } from "@/app/settings/settings-section";
import { ChangeAddress } from "./change-address";
import { SendLinkButton } from "./send-link-button";

export interface AddressSectionProps {
  email: string;
  isConfirmed: boolean;
  /** Whether this site sends mail, without which an address can be neither confirmed nor changed. */
  hasMail: boolean;
}

/** The address of the account: whether it is confirmed, and the way to another. */
export function AddressSection({ email, isConfirmed, hasMail }: AddressSectionProps) {
  return (
    <SettingsSection title="E-mail address">
      <SettingRow label={email} description={isConfirmed ? "Confirmed" : "Not confirmed"}>
        {hasMail ? (
          <div className="flex flex-wrap gap-2">
            {isConfirmed ? null : <SendLinkButton email={email} />}
            <ChangeAddress />
          </div>
        ) : null}
      </SettingRow>
      {hasMail ? null : (
        <p className="mt-3 text-muted">
          This site sends no mail, so confirming and changing the address is off. Whoever runs it
          can turn it on.
        </p>
      )}
    </SettingsSection>
  );
}

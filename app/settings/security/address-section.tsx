import { SettingRow } from "@/app/settings/setting-row";
import { SettingsSection } from "@/app/settings/settings-section";
import { ChangeAddress } from "./change-address";
import { SendLinkButton } from "./send-link-button";

export interface AddressSectionProps {
  email: string;
  isConfirmed: boolean;
  /** What is off where this site sends no mail, without which an address cannot be changed either. */
  offWithoutMail: readonly string[];
}

/** The address of the account: whether it is confirmed, and the way to another. */
export function AddressSection({ email, isConfirmed, offWithoutMail }: AddressSectionProps) {
  const hasMail = offWithoutMail.length === 0;
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
        <div className="mt-3 text-muted">
          <p>This site sends no mail, so these are off:</p>
          <ul className="my-1 list-disc ps-5">
            {offWithoutMail.map((use) => (
              <li key={use}>{use}</li>
            ))}
          </ul>
          <p>Whoever runs it can turn mail on.</p>
        </div>
      )}
    </SettingsSection>
  );
}

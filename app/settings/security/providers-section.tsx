import { Banner } from "@/app/_ui/banner";
import { SettingsSection } from "@/app/settings/settings-section";
import { linkProblem } from "./link-problem";
import { ProviderList, type ShownProvider } from "./provider-list";

export interface ProvidersSectionProps {
  providers: readonly ShownProvider[];
  isLastWayIn: boolean;
  /** Whether passkeys can work at this address. */
  canAddPasskeys: boolean;
  /** The code a provider's way back ended with, from `?error=`. */
  error: string | undefined;
  /** Whether an address can be confirmed on this site. */
  hasMail: boolean;
}

/** The accounts elsewhere that sign in here. */
export function ProvidersSection({ error, hasMail, ...list }: ProvidersSectionProps) {
  return (
    <SettingsSection
      title="Other ways in"
      description="Sign in with an account you have elsewhere."
    >
      {error === undefined ? null : (
        <div className="mb-4">
          <Banner tone="error">{linkProblem(error, hasMail)}</Banner>
        </div>
      )}
      <ProviderList {...list} />
    </SettingsSection>
  );
}

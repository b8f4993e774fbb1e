import { SettingsSection } from "@/app/settings/settings-section";
import { TwoStepControls, type TwoStepControlsProps } from "./two-step-controls";

/** Whether sign-in asks for a second proof, with what, and the ways to change that. */
export function TwoStepSection(props: TwoStepControlsProps) {
  return (
    <SettingsSection
      title="Two-step sign-in"
      description="A second proof after the password, so that a stolen password alone opens nothing."
    >
      <TwoStepControls {...props} />
    </SettingsSection>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { SignOutButton } from "@/app/_account/sign-out-button";
import { timeZones } from "@/lib/account/profile-values";
import { features } from "@/lib/auth/features";
import { requireSession } from "@/lib/auth/session";
import { Appearance } from "./appearance";
import { ProfileForm } from "./profile-form";
import { readProfile } from "./read-profile";
import { SettingRow } from "./setting-row";
import { SettingsPage } from "./settings-page";
import { SettingsSection } from "./settings-section";
import { SingleKeyShortcuts } from "./single-key-shortcuts";

export const metadata: Metadata = {
  title: "Profile · Settings",
  description: "Your name, how you like dates and times, how Evo-TODO looks, and its shortcuts.",
};

export default async function ProfilePage() {
  const { user } = await requireSession("/settings");
  const { name, email, timeZone, weekStart, timeFormat, singleKeys } = await readProfile(user.id);
  const zones = timeZones();
  return (
    <SettingsPage title="Profile">
      <SettingsSection title="Account">
        <div className="flex flex-col gap-6">
          <SettingRow label="E-mail" description={email}>
            {features.mail ? (
              <Link
                href="/settings/security"
                prefetch={false}
                className="inline-flex min-h-8 items-center font-medium text-accent underline underline-offset-4 pointer-coarse:min-h-11"
              >
                Change it under Security
              </Link>
            ) : null}
          </SettingRow>
          <SettingRow label="This browser" description="Ends the session in this browser only.">
            <SignOutButton />
          </SettingRow>
        </div>
      </SettingsSection>
      <SettingsSection title="About you" description="Changes save automatically.">
        <ProfileForm
          stored={{
            name,
            timeZone: timeZone ?? "",
            weekStart: weekStart ?? "",
            timeFormat: timeFormat ?? "",
          }}
          timeZones={timeZone && !zones.includes(timeZone) ? [timeZone, ...zones] : zones}
        />
      </SettingsSection>
      <SettingsSection title="Appearance">
        <Appearance />
      </SettingsSection>
      <SettingsSection title="Keyboard">
        <SingleKeyShortcuts stored={singleKeys} />
      </SettingsSection>
    </SettingsPage>
  );
}

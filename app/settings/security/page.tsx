import type { Metadata } from "next";
import { headers } from "next/headers";
import { readLocaleSettings } from "@/app/_reader/locale-settings";
import { LocaleProvider } from "@/app/_reader/moment";
import { readProfile } from "@/app/settings/read-profile";
import { SettingRow } from "@/app/settings/setting-row";
import { SettingsPage } from "@/app/settings/settings-page";
import { SettingsSection } from "@/app/settings/settings-section";
import { listPasskeys, type PasskeyEntry } from "@/lib/account/passkeys";
import { getSignInMethods } from "@/lib/account/sign-in-methods";
import { getTwoStep } from "@/lib/account/two-step";
import { features, offersPasskeys } from "@/lib/auth/features";
import { requireSession } from "@/lib/auth/session";
import { type Provider, providerNames } from "@/lib/operations/sign-in-ways";
import { AddressSection } from "./address-section";
import type { ShownPasskey } from "./passkey-row";
import { PasskeysSection } from "./passkeys-section";
import { PasswordDialog } from "./password-dialog";
import type { ShownProvider } from "./provider-list";
import { ProvidersSection } from "./providers-section";
import { TwoStepSection } from "./two-step-controls";

export const metadata: Metadata = {
  title: "Security",
  description: "Your password, two-step sign-in, passkeys and other ways into your account.",
};

type SearchParams = Promise<{ error?: string | string[] }>;

export default async function SecurityPage({ searchParams }: { searchParams: SearchParams }) {
  const { user } = await requireSession("/settings/security");
  const [profile, methods, twoStep, passkeys, { error }] = await Promise.all([
    readProfile(user.id),
    getSignInMethods(user.id),
    getTwoStep(user.id),
    listPasskeys(user.id),
    searchParams,
  ]);
  const localeSettings = await readLocaleSettings(profile);
  const usable = methods.providers.filter((provider) => features.providers.includes(provider));
  const providers = shownProviders(features.providers, methods.providers);
  const canAddPasskeys = offersPasskeys(await headers());
  const waysIn = Number(methods.hasPassword) + passkeys.length + usable.length;
  return (
    <SettingsPage title="Security">
      <SettingsSection title="Password">
        <SettingRow
          label={methods.hasPassword ? "You have a password" : "You have no password"}
          description={
            methods.hasPassword
              ? "Changing it ends all other sessions."
              : "You sign in with a passkey or an account elsewhere."
          }
        >
          <PasswordDialog email={profile.email} hasPassword={methods.hasPassword} />
        </SettingRow>
      </SettingsSection>
      <AddressSection
        email={profile.email}
        isConfirmed={profile.emailVerified}
        hasMail={features.mail}
      />
      <TwoStepSection
        {...twoStep}
        hasPasskey={passkeys.length > 0}
        canAddPasskeys={canAddPasskeys}
      />
      {canAddPasskeys || passkeys.length > 0 ? (
        <LocaleProvider localeSettings={localeSettings} now={new Date()}>
          <PasskeysSection passkeys={passkeys.map(shownPasskey)} canAddPasskeys={canAddPasskeys} />
        </LocaleProvider>
      ) : null}
      {providers.length > 0 ? (
        <ProvidersSection
          providers={providers}
          isLastWayIn={waysIn === 1}
          canAddPasskeys={canAddPasskeys}
          hasMail={features.mail}
          error={typeof error === "string" ? error : undefined}
        />
      ) : null}
    </SettingsPage>
  );
}

function shownPasskey(passkey: PasskeyEntry): ShownPasskey {
  const { id, name, createdAt, lastUsedAt, backedUp } = passkey;
  return { id, name, createdAt, lastUsedAt, isSynced: backedUp };
}

/** The providers a person may link, and those that are linked though the site offers them no longer. */
function shownProviders(
  offered: readonly Provider[],
  linked: readonly Provider[],
): ShownProvider[] {
  const all = [...new Set([...offered, ...linked])];
  return all.map((id) => ({ id, name: providerNames[id], isLinked: linked.includes(id) }));
}

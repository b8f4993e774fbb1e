import type { Metadata } from "next";
import { readLocaleSettings } from "@/app/_reader/locale-settings";
import { LocaleProvider } from "@/app/_reader/moment";
import { readProfile } from "@/app/settings/read-profile";
import { SettingsPage } from "@/app/settings/settings-page";
import { listApiKeys } from "@/lib/account/api-keys";
import { requireSession } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { ApiKeysSection } from "./api-keys-section";
import { shownApiKey } from "./shown-api-key";

export const metadata: Metadata = {
  title: "API keys",
  description: "Keys for programs that work on your tasks.",
};

export default async function ApiKeysPage() {
  const { user } = await requireSession("/settings/api-keys");
  const [profile, keys] = await Promise.all([readProfile(user.id), listApiKeys(user.id)]);
  const localeSettings = await readLocaleSettings(profile);
  const now = new Date();
  return (
    <SettingsPage
      title="API keys"
      description="A key lets a program of yours work on your tasks, without your password and only as far as you say."
    >
      <LocaleProvider localeSettings={localeSettings} now={now}>
        <ApiKeysSection keys={keys.map((key) => shownApiKey(key, now))} baseUrl={env.baseUrl} />
      </LocaleProvider>
    </SettingsPage>
  );
}

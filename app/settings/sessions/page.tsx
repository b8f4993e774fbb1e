import type { Metadata } from "next";
import { readLocaleSettings } from "@/app/_reader/locale-settings";
import { LocaleProvider } from "@/app/_reader/moment";
import { readProfile } from "@/app/settings/read-profile";
import { SettingsPage } from "@/app/settings/settings-page";
import { listSessions } from "@/lib/account/sessions";
import { requireSession } from "@/lib/auth/session";
import { SessionList } from "./session-list";

export const metadata: Metadata = {
  title: "Sessions",
  description: "The browsers that are signed in to your account, and a way to end their sessions.",
};

export default async function SessionsPage() {
  const session = await requireSession("/settings/sessions");
  const userId = session.user.id;
  const localeSettings = await readLocaleSettings(await readProfile(userId));
  const sessions = await listSessions(userId, session.id);
  return (
    <SettingsPage
      title="Sessions"
      description="Each browser in which you are signed in. End the ones you do not know, then change your password."
    >
      <LocaleProvider localeSettings={localeSettings} now={new Date()}>
        <SessionList
          sessions={sessions.map(({ id, device, ipAddress, current, createdAt, lastSeenAt }) => ({
            id,
            device,
            ipAddress,
            current,
            createdAt,
            lastSeenAt,
          }))}
        />
      </LocaleProvider>
    </SettingsPage>
  );
}

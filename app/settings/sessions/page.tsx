import type { Metadata } from "next";
import { ReadingProvider } from "@/app/_reader/moment";
import { readReader } from "@/app/_reader/reader";
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
  const reader = await readReader(await readProfile(userId));
  const sessions = await listSessions(userId, session.id);
  return (
    <SettingsPage
      title="Sessions"
      description="Each browser in which you are signed in. End the ones you do not know, then change your password."
    >
      <ReadingProvider reader={reader} now={new Date()}>
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
      </ReadingProvider>
    </SettingsPage>
  );
}

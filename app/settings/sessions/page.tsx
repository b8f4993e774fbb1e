import type { Metadata } from "next";
import { listSessions } from "@/lib/account/list-sessions";
import { requireSession } from "@/lib/auth/session";
import { agoWords, momentWords } from "../moment-words";
import { readProfile } from "../read-profile";
import { readReader } from "../reader";
import { SettingsPage } from "../settings-page";
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
  const now = new Date();
  return (
    <SettingsPage
      title="Sessions"
      description="Each browser in which you are signed in. End the ones you do not know, then change your password."
    >
      <SessionList
        sessions={sessions.map(({ id, device, ipAddress, current, createdAt, lastSeenAt }) => ({
          id,
          device,
          ipAddress,
          current,
          firstSeen: momentWords(createdAt, reader, now),
          lastSeen: agoWords(lastSeenAt, reader, now),
        }))}
      />
    </SettingsPage>
  );
}

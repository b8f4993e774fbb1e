"use client";

import { SettingsSection } from "@/app/settings/settings-section";
import { EndOtherSessions } from "./end-other-sessions";
import { type SessionEntry, SessionRow } from "./session-row";
import { useSessions } from "./use-sessions";

const headingId = "sessions";

/** The browsers that are signed in, this one first. */
export function SessionList({ sessions }: { sessions: readonly SessionEntry[] }) {
  const { shown, ending, end, endOthers, buttons } = useSessions(sessions, headingId);
  const others = shown.filter((session) => !session.current).length;
  return (
    <SettingsSection
      id={headingId}
      title="Where you are signed in"
      description={others === 0 ? "Only here. No other browser is signed in." : undefined}
      action={<EndOtherSessions count={others} onEnd={endOthers} headingId={headingId} />}
    >
      <ul className="divide-y divide-line">
        {shown.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isEnding={ending.has(session.id)}
            onEnd={() => void end(session)}
            button={buttons.keep(session.id)}
          />
        ))}
      </ul>
    </SettingsSection>
  );
}

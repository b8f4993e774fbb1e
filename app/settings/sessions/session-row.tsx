import { Monitor, Smartphone } from "lucide-react";
import { type Ref, useId } from "react";
import { Moment } from "@/app/_reader/moment";
import { Button } from "@/app/_ui/button";

/** A session as its row shows it. */
export interface SessionEntry {
  id: string;
  device: string;
  ipAddress: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  current: boolean;
}

interface SessionRowProps {
  session: SessionEntry;
  isEnding: boolean;
  onEnd: () => void;
  button: Ref<HTMLButtonElement>;
}

function iconOf(device: string) {
  return /\b(iOS|Android)\b/.test(device) ? Smartphone : Monitor;
}

/** One browser that is signed in. The one that shows the page has no button: there it is "Sign out". */
export function SessionRow({ session, isEnding, onEnd, button }: SessionRowProps) {
  const aboutId = useId();
  const Icon = iconOf(session.device);
  const { device, ipAddress, createdAt, lastSeenAt, current } = session;
  return (
    <li className="flex items-start gap-4 py-3">
      <Icon
        aria-hidden="true"
        className="mt-0.5 size-5 shrink-0 text-muted max-sm:hidden"
        strokeWidth={1.75}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{device}</span>
          {current ? (
            <span className="rounded-sm bg-accent-soft px-1.5 text-meta font-medium text-ink">
              This browser
            </span>
          ) : null}
        </p>
        <p id={aboutId} className="text-muted">
          {ipAddress ? <span className="block">{ipAddress}</span> : null}
          First seen <Moment at={createdAt} as="minute" />, last seen{" "}
          <Moment at={lastSeenAt} as="ago" />.
        </p>
      </div>
      {current ? null : (
        <Button
          ref={button}
          onClick={onEnd}
          aria-label={`End session: ${device}`}
          aria-describedby={aboutId}
          aria-disabled={isEnding}
          className="shrink-0"
        >
          End session
        </Button>
      )}
    </li>
  );
}

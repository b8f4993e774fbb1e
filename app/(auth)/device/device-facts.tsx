"use client";

import { scopeSentences } from "@/app/_account/scope-words";
import { deviceKeyDays } from "@/lib/account/limits";
import type { WaitingDevice } from "@/lib/client/device-client";

/** What is known of a device that waits, and what it would get. */
export function DeviceFacts({ device, email }: { device: WaitingDevice; email: string }) {
  const facts = [
    { term: "Calls itself", fact: device.clientId },
    { term: "Asks from", fact: device.ipAddress ?? "An unknown network address" },
    { term: "Asked", fact: minutesAgo(new Date(device.createdAt), new Date()) },
    { term: "Into the account", fact: email },
  ];
  return (
    <dl className="flex flex-col gap-3 border-y border-line py-4">
      {facts.map(({ term, fact }) => (
        <div key={term}>
          <dt className="text-meta text-muted">{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
      <div>
        <dt className="text-meta text-muted">
          May, for {deviceKeyDays} days or until you revoke its key
        </dt>
        <dd>
          <ul className="list-disc ps-5">
            {scopeSentences(device.scopes).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </dd>
      </div>
    </dl>
  );
}

const minuteMilliseconds = 60_000;

/** How long ago a moment was, in words. A moment that the clock here has ahead counts as now. */
export function minutesAgo(moment: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - moment.getTime()) / minuteMilliseconds);
  if (minutes < 1) {
    return "Just now";
  }
  return minutes === 1 ? "A minute ago" : `${minutes} minutes ago`;
}

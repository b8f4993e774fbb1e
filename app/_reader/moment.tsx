"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { dayWords, type LocaleSettings } from "./day-words";
import { agoWords, momentWords } from "./moment-words";

type Reading = { localeSettings: LocaleSettings; now: Date };

const LocaleContext = createContext<Reading | null>(null);

const forms = {
  day: (at: Date, { localeSettings, now }: Reading) => dayWords(at, localeSettings, now),
  minute: (at: Date, { localeSettings, now }: Reading) => momentWords(at, localeSettings, now),
  ago: (at: Date, { localeSettings, now }: Reading) => agoWords(at, localeSettings, now),
};

export interface MomentProps {
  at: Date;
  /** The day in words, the day and the time, or how long ago it was. */
  as: keyof typeof forms;
}

/**
 * A moment in the words and the time zone of the person who reads the page.
 *
 * @throws Error outside LocaleProvider
 */
export function Moment({ at, as }: MomentProps) {
  const reading = useContext(LocaleContext);
  if (!reading) {
    throw new Error("A Moment needs a LocaleProvider above it.");
  }
  return (
    // Server and browser may abbreviate a month differently.
    <time dateTime={at.toISOString()} suppressHydrationWarning>
      {forms[as](at, reading)}
    </time>
  );
}

/**
 * Tells the moments of a page who reads them and when. Where the server could only guess the time
 * zone, the browser's counts as soon as React runs the page.
 */
export function LocaleProvider({
  localeSettings,
  now,
  children,
}: Reading & { children: ReactNode }) {
  const timeZone = useSyncExternalStore(
    subscribe,
    () => (localeSettings.isTimeZoneGuessed ? browserTimeZone() : localeSettings.timeZone),
    () => localeSettings.timeZone,
  );
  return (
    <LocaleContext value={{ localeSettings: { ...localeSettings, timeZone }, now }}>
      {children}
    </LocaleContext>
  );
}

function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function subscribe() {
  return () => {};
}

"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { dayWords, type Reader } from "./day-words";
import { agoWords, momentWords } from "./moment-words";

type Reading = { reader: Reader; now: Date };

const ReadingContext = createContext<Reading | null>(null);

const forms = {
  day: (at: Date, { reader, now }: Reading) => dayWords(at, reader, now),
  minute: (at: Date, { reader, now }: Reading) => momentWords(at, reader, now),
  ago: (at: Date, { reader, now }: Reading) => agoWords(at, reader, now),
};

export interface MomentProps {
  at: Date;
  /** The day in words, the day and the time, or how long ago it was. */
  as: keyof typeof forms;
}

/**
 * A moment in the words and the time zone of the person who reads the page.
 *
 * @throws Error outside ReadingProvider
 */
export function Moment({ at, as }: MomentProps) {
  const reading = useContext(ReadingContext);
  if (!reading) {
    throw new Error("A Moment needs a ReadingProvider above it.");
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
export function ReadingProvider({ reader, now, children }: Reading & { children: ReactNode }) {
  const timeZone = useSyncExternalStore(
    subscribe,
    () => (reader.isTimeZoneGuessed ? browserTimeZone() : reader.timeZone),
    () => reader.timeZone,
  );
  return (
    <ReadingContext value={{ reader: { ...reader, timeZone }, now }}>{children}</ReadingContext>
  );
}

function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function subscribe() {
  return () => {};
}

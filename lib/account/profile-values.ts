export const weekStarts = ["monday", "saturday", "sunday"] as const;
export const timeFormats = ["12", "24"] as const;
export const themes = ["light", "dark", "system"] as const;

export type WeekStart = (typeof weekStarts)[number];
export type TimeFormat = (typeof timeFormats)[number];
export type Theme = (typeof themes)[number];

/** A person's profile and preferences; a preference that is null is left to the browser. */
export type Profile = {
  name: string;
  email: string;
  emailVerified: boolean;
  timeZone: string | null;
  weekStart: WeekStart | null;
  timeFormat: TimeFormat | null;
  theme: Theme | null;
  /** Whether single letters, digits and signs are shortcuts. */
  singleKeys: boolean;
  createdAt: Date;
};

/** Whether a text is an IANA name of a time zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  // Some runtimes also accept offsets such as "+01:00", which are not time zones.
  return /^[A-Za-z]/.test(name) && name.length <= timeZoneLengthMax && canFormat(name);
}

const timeZoneLengthMax = 64;

/** The time zones to choose from, including UTC, in alphabetical order. */
export function timeZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
}

/** A stored value, or null for one that another version of the app stored. */
export function asWeekStart(value: string | null): WeekStart | null {
  return weekStarts.find((known) => known === value) ?? null;
}

/** A stored value, or null for one that another version of the app stored. */
export function asTimeFormat(value: string | null): TimeFormat | null {
  return timeFormats.find((known) => known === value) ?? null;
}

/** A stored value, or null for one that another version of the app stored. */
export function asTheme(value: string | null): Theme | null {
  return themes.find((known) => known === value) ?? null;
}

function canFormat(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

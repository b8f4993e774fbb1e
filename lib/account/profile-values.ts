export const weekStarts = ["monday", "saturday", "sunday"] as const;
export const timeFormats = ["12", "24"] as const;
export const themes = ["light", "dark", "system"] as const;

export type WeekStart = (typeof weekStarts)[number];
export type TimeFormat = (typeof timeFormats)[number];
export type Theme = (typeof themes)[number];

/** What a person has told about themselves; null leaves it to the browser. */
export type Profile = {
  name: string;
  email: string;
  emailVerified: boolean;
  timeZone: string | null;
  weekStart: WeekStart | null;
  timeFormat: TimeFormat | null;
  theme: Theme | null;
  /** Whether letters, digits and signs alone are shortcuts. */
  singleKeys: boolean;
  createdAt: Date;
};

/** Whether a text is the IANA name of a time zone, in any of its spellings that this runtime knows. */
export function isTimeZone(name: string): boolean {
  // A runtime may also take offsets such as "+01:00", which are no zones.
  return /^[A-Za-z]/.test(name) && name.length <= timeZoneLengthMax && canFormat(name);
}

const timeZoneLengthMax = 64;

/** The time zones to choose from, in alphabetical order. UTC is one. */
export function timeZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort();
}

/** A stored value, or null for what another version may have stored. */
export function asWeekStart(value: string | null): WeekStart | null {
  return weekStarts.find((known) => known === value) ?? null;
}

/** A stored value, or null for what another version may have stored. */
export function asTimeFormat(value: string | null): TimeFormat | null {
  return timeFormats.find((known) => known === value) ?? null;
}

/** A stored value, or null for what another version may have stored. */
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

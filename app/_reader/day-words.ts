import type { TimeFormat } from "@/lib/account/profile-values";
import { addDays, dateIn } from "./calendar-date";

/** Whose dates and times these are. */
export type LocaleSettings = {
  locale: string;
  timeZone: string;
  /** The person has not set a time zone, so the browser's counts once it is known. */
  isTimeZoneGuessed: boolean;
  /** Null follows the locale. */
  timeFormat: TimeFormat | null;
};

/** The day of a moment as it stands in a sentence: today, tomorrow, yesterday, otherwise 3 March 2026. */
export function dayWords(moment: Date, { locale, timeZone }: LocaleSettings, now: Date): string {
  const date = dateIn(moment, timeZone);
  const today = dateIn(now, timeZone);
  if (date === today) {
    return "today";
  }
  if (date === addDays(today, 1)) {
    return "tomorrow";
  }
  if (date === addDays(today, -1)) {
    return "yesterday";
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(moment);
}

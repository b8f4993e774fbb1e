import type { TimeFormat } from "@/lib/account/profile-values";
import type { LocaleSettings } from "./day-words";

const minuteSeconds = 60;
const hourSeconds = 60 * minuteSeconds;
const daySeconds = 24 * hourSeconds;
const weekSeconds = 7 * daySeconds;

const spans = [
  { unit: "minute", seconds: minuteSeconds, below: hourSeconds },
  { unit: "hour", seconds: hourSeconds, below: daySeconds },
  { unit: "day", seconds: daySeconds, below: weekSeconds },
] as const;

const hourFormats: Record<TimeFormat | "locale", Intl.DateTimeFormatOptions> = {
  "12": { hour: "numeric", hourCycle: "h12" },
  "24": { hour: "2-digit", hourCycle: "h23" },
  locale: { hour: "numeric" },
};

function yearOf(moment: Date, { timeZone }: LocaleSettings): string {
  return new Intl.DateTimeFormat("en", { year: "numeric", timeZone }).format(moment);
}

/** A moment to the minute: "20 Nov, 14:05", with the year when it is not the one of `now`. */
export function momentWords(moment: Date, localeSettings: LocaleSettings, now: Date): string {
  const isThisYear = yearOf(moment, localeSettings) === yearOf(now, localeSettings);
  return new Intl.DateTimeFormat(localeSettings.locale, {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
    minute: "2-digit",
    ...hourFormats[localeSettings.timeFormat ?? "locale"],
    timeZone: localeSettings.timeZone,
  }).format(moment);
}

/** How long ago a moment was: "just now", "5 minutes ago", "1 day ago"; after a week the moment. */
export function agoWords(moment: Date, localeSettings: LocaleSettings, now: Date): string {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  if (seconds < minuteSeconds) {
    return "just now";
  }
  const span = spans.find(({ below }) => seconds < below);
  if (!span) {
    return momentWords(moment, localeSettings, now);
  }
  const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  return words.format(-Math.floor(seconds / span.seconds), span.unit);
}

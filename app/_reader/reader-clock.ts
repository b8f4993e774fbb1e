import { dateIn } from "./calendar-date";

export const timeZoneCookie = "tz";

const localeOtherwise = "en-GB";

/** The date where the reader is, or null when the time zone is unknown. */
export function todayIn(timeZone: string | undefined, now: Date = new Date()): string | null {
  if (!timeZone) {
    return null;
  }
  try {
    return dateIn(now, timeZone);
  } catch {
    // A cookie can hold anything; a value that is not a time zone counts as none.
    return null;
  }
}

/** The English the reader prefers, by `Accept-Language`, because the words around are English. */
export function dateLocale(acceptLanguage: string | null): string {
  const first = acceptLanguage?.split(/[,;]/)[0]?.trim() ?? "";
  return /^en-[A-Z]{2}$/i.test(first) ? first : localeOtherwise;
}

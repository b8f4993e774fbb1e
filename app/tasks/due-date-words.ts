import { addDays, atMidnight } from "@/app/_reader/calendar-date";

export type DueDateWords = { text: string; overdue: boolean };

function format(date: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(atMidnight(date));
}

function weekdayAndDay(date: string, today: string | null, locale: string): string {
  const weekday = format(date, locale, { weekday: "short" });
  const isThisYear = today !== null && today.slice(0, 4) === date.slice(0, 4);
  const year: Intl.DateTimeFormatOptions = isThisYear ? {} : { year: "numeric" };
  return `${weekday}, ${format(date, locale, { day: "numeric", month: "short", ...year })}`;
}

/**
 * A date as people say it: Today, Tomorrow, Yesterday, otherwise Fri, 27 Nov. While the reader's own
 * date is not known (`today` null) it says the date itself.
 */
export function dateWords(date: string, today: string | null, locale: string): string {
  if (today !== null) {
    if (date === today) {
      return "Today";
    }
    if (date === addDays(today, 1)) {
      return "Tomorrow";
    }
    if (date === addDays(today, -1)) {
      return "Yesterday";
    }
  }
  return weekdayAndDay(date, today, locale);
}

/** A due date of an open task: as `dateWords` says it, and in words when it is overdue. */
export function dueDateWords(date: string, today: string | null, locale: string): DueDateWords {
  const text = dateWords(date, today, locale);
  if (today === null || date >= today) {
    return { text, overdue: false };
  }
  return { text: `Overdue: ${text === "Yesterday" ? "yesterday" : text}`, overdue: true };
}

/**
 * The dates a person picks most often, counted from `today`, each once and under its first name.
 *
 * @param firstWeekday the day a week begins with, 0 for Sunday
 */
export function dueDateChoices(today: string, firstWeekday = 1): { label: string; date: string }[] {
  const weekday = new Date(atMidnight(today)).getUTCDay();
  const daysToNextWeek = (firstWeekday - weekday + 7) % 7 || 7;
  const choices = [
    { label: "Today", date: today },
    { label: "Tomorrow", date: addDays(today, 1) },
    { label: "Weekend", date: addDays(today, weekday === 6 ? 7 : 6 - weekday) },
    { label: "Next week", date: addDays(today, daysToNextWeek) },
  ];
  return choices.filter(
    ({ date }, index) => choices.findIndex((choice) => choice.date === date) === index,
  );
}

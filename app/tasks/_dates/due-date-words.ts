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

const saturday = 6;
const monday = 1;

/**
 * The dates a person picks most often, counted from `today`. "Next week" is the next Monday, on
 * whatever day a week starts. A weekend is the next Saturday, during a weekend that of the week after.
 */
export function dueDateChoices(today: string): { label: string; date: string }[] {
  const weekday = new Date(atMidnight(today)).getUTCDay();
  const next = (wanted: number) => addDays(today, (wanted - weekday + 7) % 7 || 7);
  const isWeekend = weekday === saturday || weekday === 0;
  return [
    { label: "Today", date: today },
    { label: "Tomorrow", date: addDays(today, 1) },
    { label: isWeekend ? "Next weekend" : "This weekend", date: next(saturday) },
    { label: "Next week", date: next(monday) },
  ];
}

const dayMilliseconds = 86_400_000;

export type DueDateWords = { text: string; overdue: boolean };

function atMidnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** The calendar date `days` after `date`, both YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  return new Date(atMidnight(date) + days * dayMilliseconds).toISOString().slice(0, 10);
}

/** The calendar date of a moment in a time zone, the machine's own when none is given. */
export function dateIn(moment: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...(timeZone ? { timeZone } : {}),
  }).formatToParts(moment);
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

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
    if (date === today) return "Today";
    if (date === addDays(today, 1)) return "Tomorrow";
    if (date === addDays(today, -1)) return "Yesterday";
  }
  return weekdayAndDay(date, today, locale);
}

/** A due date of an open task: as `dateWords` says it, and in words when it is overdue. */
export function dueDateWords(date: string, today: string | null, locale: string): DueDateWords {
  const text = dateWords(date, today, locale);
  if (today === null || date >= today) return { text, overdue: false };
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

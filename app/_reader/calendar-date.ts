const dayMilliseconds = 86_400_000;

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

/** The moment at which a calendar date begins in UTC, for counting with. */
export function atMidnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

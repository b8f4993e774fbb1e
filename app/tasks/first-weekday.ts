import type { WeekStart } from "@/lib/account/profile-values";

/** As `Date.getUTCDay` counts. */
const weekdays: Record<WeekStart, number> = { sunday: 0, monday: 1, saturday: 6 };

function isWeekInfo(info: unknown): info is { firstDay: number } {
  return typeof info === "object" && info !== null && "firstDay" in info;
}

// Node 20 and older browsers have the property, newer ones the method (Intl Locale Info).
function weekInfoOf(locale: string): unknown {
  const known = new Intl.Locale(locale);
  if ("getWeekInfo" in known && typeof known.getWeekInfo === "function") {
    return known.getWeekInfo();
  }
  return "weekInfo" in known ? known.weekInfo : null;
}

/** The day a week begins with, 0 for Sunday: as the person chose, otherwise as the locale has it. */
export function firstWeekday(weekStart: WeekStart | null, locale: string): number {
  if (weekStart) {
    return weekdays[weekStart];
  }
  const info = weekInfoOf(locale);
  return isWeekInfo(info) ? info.firstDay % 7 : weekdays.monday;
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dateIn } from "@/app/_reader/calendar-date";
import { dateLocale, todayIn } from "@/app/_reader/reader-clock";
import { dueDateChoices, dueDateWords } from "@/app/tasks/_dates/due-date-words";

const today = "2026-11-20";
const anyDate = fc.integer({ min: 0, max: 9_000 * 365 }).map((days) => addDays("0400-01-01", days));

describe("a due date in words", () => {
  it.each([
    ["2026-11-20", "Today", false],
    ["2026-11-21", "Tomorrow", false],
    ["2026-11-27", "Fri, 27 Nov", false],
    ["2027-01-29", "Fri, 29 Jan 2027", false],
    ["2026-11-19", "Overdue: yesterday", true],
    ["2026-11-16", "Overdue: Mon, 16 Nov", true],
  ])("reads %s as %s", (date, text, overdue) => {
    expect(dueDateWords(date, today, "en-GB")).toEqual({ text, overdue });
  });

  it("follows the reader's order of day and month", () => {
    expect(dueDateWords("2026-11-27", today, "en-US").text).toBe("Fri, Nov 27");
  });

  it("judges nothing while the reader's own date is unknown", () => {
    expect(dueDateWords("2020-01-01", null, "en-GB")).toEqual({
      text: "Wed, 1 Jan 2020",
      overdue: false,
    });
  });

  it("is overdue exactly when it lies before today, and is never shown in ISO form", () => {
    fc.assert(
      fc.property(anyDate, anyDate, (date, now) => {
        const { text, overdue } = dueDateWords(date, now, "en-GB");
        expect(overdue).toBe(date < now);
        expect(text).not.toMatch(/\d{4}-\d{2}/);
      }),
    );
  });
});

describe("the dates on offer", () => {
  it.each([
    ["a Monday", "2026-11-16", "This weekend", "2026-11-21", "2026-11-23"],
    ["a Friday", "2026-11-20", "This weekend", "2026-11-21", "2026-11-23"],
    ["a Saturday", "2026-11-21", "Next weekend", "2026-11-28", "2026-11-23"],
    ["a Sunday", "2026-11-22", "Next weekend", "2026-11-28", "2026-11-23"],
  ])("are on %s the next Saturday and the next Monday", (_, now, weekend, saturday, monday) => {
    expect(dueDateChoices(now)).toEqual([
      { label: "Today", date: now },
      { label: "Tomorrow", date: addDays(now, 1) },
      { label: weekend, date: saturday },
      { label: "Next week", date: monday },
    ]);
  });

  it("call the next Monday next week, and a Saturday the weekend, on every day there is", () => {
    fc.assert(
      fc.property(anyDate, (now) => {
        const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();
        const [, , weekend, nextWeek] = dueDateChoices(now).map(({ date }) => date);
        expect([weekend, nextWeek].map((date = "") => weekday(date))).toEqual([6, 1]);
        for (const date of [weekend, nextWeek]) {
          expect(date !== undefined && date > now && date <= addDays(now, 7)).toBe(true);
        }
      }),
    );
  });
});

describe("the reader's own date", () => {
  const moment = new Date("2026-11-20T11:30:00Z");

  it("is tomorrow's already thirteen hours east of Greenwich", () => {
    expect(dateIn(moment, "Pacific/Auckland")).toBe("2026-11-21");
    expect(dateIn(moment, "America/Los_Angeles")).toBe("2026-11-20");
  });

  it("is unknown without a time zone, or with something that is none", () => {
    expect(todayIn(undefined, moment)).toBeNull();
    expect(todayIn("<script>", moment)).toBeNull();
  });

  it("is said in English, whatever else the browser prefers", () => {
    expect(dateLocale("en-AU,en;q=0.9")).toBe("en-AU");
    expect(dateLocale("de-DE,de;q=0.9")).toBe("en-GB");
    expect(dateLocale(null)).toBe("en-GB");
  });
});

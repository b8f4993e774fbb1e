import type { ReactNode } from "react";
import { dateWords } from "@/app/tasks/_dates/due-date-words";
import { priorityOptions } from "@/app/tasks/_view/task-view";
import type { TaskChanges } from "@/lib/tasks/fields";

/** What is said of a change of one task or of several. Changes with one `key` are said together. */
export type ChangeWords = {
  key: string;
  one: (title: string) => ReactNode;
  several: (count: number) => string;
};

/** What the words for a date depend on. */
export type Calendar = { today: string | null; locale: string };

/**
 * Words with a place for the title, and the same with one for the number.
 *
 * @param one such as "Completed [title]"
 * @param several such as "[count] tasks completed"
 */
function words(one: string, several: string): ChangeWords {
  const [before, after] = one.split("[title]");
  return {
    key: several,
    one: (title) => (
      <>
        {before}
        <bdi>{title}</bdi>
        {after}
      </>
    ),
    several: (count) => several.replace("[count]", count.toLocaleString("en")),
  };
}

/** A day inside a sentence: today, tomorrow, Fri, 27 Nov. */
function dayInSentence(date: string, { today, locale }: Calendar): string {
  const day = dateWords(date, today, locale);
  return /\d/.test(day) ? day : day.toLowerCase();
}

function priorityName(priority: string): string {
  const known = priorityOptions.find(({ value }) => value === priority);
  return (known?.label ?? priority).toLowerCase();
}

export const deletedWords = words("Deleted [title]", "[count] tasks deleted");
export const addedElsewhereWords = words(
  "Added [title] to the open tasks",
  "[count] tasks added to the open tasks",
);

/** What is said when a change of fields is made; null where its field shows by itself. */
export function changedWords(changes: TaskChanges, calendar: Calendar): ChangeWords | null {
  const { completed, priority, dueDate } = changes;
  if (completed !== undefined) {
    return completed
      ? words("Completed [title]", "[count] tasks completed")
      : words("Reopened [title]", "[count] tasks reopened");
  }
  if (dueDate !== undefined) {
    if (dueDate === null) {
      return words("Removed the date of [title]", "Removed the dates of [count] tasks");
    }
    const day = dayInSentence(dueDate, calendar);
    return words(`Scheduled [title] for ${day}`, `[count] tasks scheduled for ${day}`);
  }
  if (priority !== undefined) {
    const name = priorityName(priority);
    return priority === "none"
      ? words("Removed the priority of [title]", "Removed the priority of [count] tasks")
      : words(`Set [title] to ${name} priority`, `[count] tasks set to ${name} priority`);
  }
  return null;
}

function undone(is: "is" | "has", state: string): ChangeWords {
  const are = is === "is" ? "are" : "have";
  return words(`Undone: [title] ${is} ${state}`, `Undone: [count] tasks ${are} ${state}`);
}

export const restoredWords = undone("is", "back");

/** What is said when a change of fields is taken back. */
export function takenBackWords(former: TaskChanges, calendar: Calendar): ChangeWords {
  const { completed, title, priority, dueDate } = former;
  if (completed !== undefined) {
    return undone("is", completed ? "completed again" : "open again");
  }
  if (title !== undefined) {
    return undone("has", "the former title again");
  }
  if (dueDate !== undefined) {
    return dueDate === null
      ? undone("has", "no date again")
      : undone("is", `due ${dayInSentence(dueDate, calendar)} again`);
  }
  if (priority !== undefined) {
    const name = priority === "none" ? "no" : priorityName(priority);
    return undone("has", `${name} priority again`);
  }
  return undone("has", "the former notes again");
}

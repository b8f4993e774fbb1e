import { dateWords, dueDateWords } from "./due-date-words";

export interface DueDateLabelProps {
  date: string;
  /** What is completed cannot be overdue. */
  isCompleted: boolean;
  today: string | null;
  locale: string;
}

/** A due date in words, overdue in words and color. */
export function DueDateLabel({ date, isCompleted, today, locale }: DueDateLabelProps) {
  const { text, overdue } = isCompleted
    ? { text: dateWords(date, today, locale), overdue: false }
    : dueDateWords(date, today, locale);
  return (
    // Server and browser may abbreviate a month differently.
    <time
      dateTime={date}
      suppressHydrationWarning
      className={overdue ? "text-danger" : "text-muted"}
    >
      {text}
    </time>
  );
}

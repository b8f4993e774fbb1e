import { CalendarDays } from "lucide-react";
import { dateWords, dueDateWords } from "./due-date-words";

export interface DueDateLabelProps {
  date: string;
  /** What is completed cannot be overdue. */
  isCompleted: boolean;
  today: string | null;
  locale: string;
}

/** A due date in words, overdue in words and colour. */
export function DueDateLabel({ date, isCompleted, today, locale }: DueDateLabelProps) {
  const { text, overdue } = isCompleted
    ? { text: dateWords(date, today, locale), overdue: false }
    : dueDateWords(date, today, locale);
  const colour = overdue ? "text-danger" : "text-muted";
  return (
    <span className={`inline-flex items-center gap-1 ${colour}`}>
      <CalendarDays aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
      {/* Server and browser may abbreviate a month differently. */}
      <time dateTime={date} suppressHydrationWarning>
        {text}
      </time>
    </span>
  );
}

import { Check } from "lucide-react";

export interface CompletionProps {
  title: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/**
 * The round control that completes a task, a checkbox named "Complete: <title>". Its target is
 * 32 px wide with a mouse and 44 px with a finger; ticking it plays the one animation of the app.
 */
export function Completion({ title, checked, onChange, disabled }: CompletionProps) {
  return (
    <span className="relative inline-flex size-8 shrink-0 items-center justify-center pointer-coarse:size-11">
      <input
        type="checkbox"
        aria-label={`Complete: ${title}`}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="peer absolute inset-0 cursor-pointer appearance-none rounded-full disabled:cursor-not-allowed"
      />
      <span
        aria-hidden="true"
        className="pointer-events-none size-5 rounded-full border-2 border-edge transition-colors peer-checked:border-accent peer-checked:bg-accent peer-enabled:peer-hover:border-accent peer-disabled:opacity-60 pointer-coarse:size-6"
      />
      {checked ? (
        <Check
          aria-hidden="true"
          className="pointer-events-none absolute size-3.5 animate-pop text-on-accent pointer-coarse:size-4"
          strokeWidth={3}
        />
      ) : null}
    </span>
  );
}

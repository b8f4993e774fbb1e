import { useId } from "react";

export interface ChoiceOption<Value extends string> {
  value: Value;
  label: string;
}

export interface ChoiceProps<Value extends string> {
  legend: string;
  options: readonly ChoiceOption<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  disabled?: boolean;
}

/** A few exclusive options side by side: radio buttons, so that arrow keys move between them. */
export function Choice<Value extends string>({
  legend,
  options,
  value,
  onChange,
  disabled,
}: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset
      disabled={disabled}
      className="inline-flex w-fit rounded-md border border-line bg-surface p-px"
    >
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex min-h-8 items-center rounded-sm px-3 text-meta font-medium text-muted transition-colors select-none hover:text-ink has-checked:bg-hover has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-11"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm outline-none"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

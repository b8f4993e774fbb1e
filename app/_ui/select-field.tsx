import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { Field, type FieldProps, lineLook } from "./field";

export interface SelectOption {
  value: string;
  label: string;
}

export interface SelectFieldProps
  extends Omit<FieldProps, "children">,
    Omit<ComponentProps<"select">, "id" | "children"> {
  options: readonly SelectOption[];
  /** Stands back among other controls. */
  quiet?: boolean;
}

/** The platform's own select, which phones and screen readers know best, with label, hint and error. */
export function SelectField({
  label,
  labelHidden,
  hint,
  error,
  quiet,
  options,
  className = "",
  ...select
}: SelectFieldProps) {
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} error={error}>
      {(wiring) => (
        <div className="relative">
          <select
            {...select}
            {...wiring}
            className={`${lineLook(quiet)} appearance-none pe-9 ${className}`}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-muted"
            strokeWidth={1.75}
          />
        </div>
      )}
    </Field>
  );
}

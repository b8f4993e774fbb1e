import type { ComponentProps, ReactNode } from "react";
import { Field, type FieldProps, lineLook } from "./field";

export interface TextFieldProps
  extends Omit<FieldProps, "children">,
    Omit<ComponentProps<"input">, "id" | "children"> {
  /** Stands back among other controls. */
  quiet?: boolean;
  trailing?: ReactNode;
}

/** One line of text with its label, hint and error. `trailing` stands inside the box, at its end. */
export function TextField({
  label,
  labelHidden,
  hint,
  error,
  quiet,
  trailing,
  className = "",
  ...input
}: TextFieldProps) {
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} error={error}>
      {(wiring) => (
        <div className="relative">
          <input
            {...input}
            {...wiring}
            className={`${lineLook(quiet)} ${trailing ? "pe-12" : ""} ${className}`}
          />
          {trailing ? (
            <div className="absolute inset-y-0 end-1 flex items-center">{trailing}</div>
          ) : null}
        </div>
      )}
    </Field>
  );
}

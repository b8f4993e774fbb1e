import type { ComponentProps, ReactNode } from "react";
import { Field, type FieldProps, lineLook } from "./field";
import { own, ownHolder } from "./foreign-elements";

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
        <div {...ownHolder} className="relative">
          <input
            {...own}
            {...input}
            {...wiring}
            className={`${lineLook(quiet)} ${trailing ? "pe-12" : ""} ${className}`}
          />
          {trailing ? (
            <div {...ownHolder} className="absolute inset-y-0 end-1 flex items-center">
              {trailing}
            </div>
          ) : null}
        </div>
      )}
    </Field>
  );
}

import type { ComponentProps } from "react";
import { controlLook, Field, type FieldProps } from "./field";

export interface TextAreaProps
  extends Omit<FieldProps, "children">,
    Omit<ComponentProps<"textarea">, "id" | "children"> {}

/** Several lines of text with label, hint and error. Grows with what is typed where the browser can. */
export function TextArea({
  label,
  labelHidden,
  hint,
  error,
  className = "",
  ...area
}: TextAreaProps) {
  return (
    <Field label={label} labelHidden={labelHidden} hint={hint} error={error}>
      {(wiring) => (
        <textarea
          rows={3}
          {...area}
          {...wiring}
          className={`${controlLook} field-sizing-content max-h-96 min-h-20 resize-y ${className}`}
        />
      )}
    </Field>
  );
}

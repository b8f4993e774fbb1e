import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { own, ownHolder } from "./foreign-elements";

export interface FieldWiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps {
  label: string;
  labelHidden?: boolean | undefined;
  hint?: ReactNode;
  error?: string | undefined;
  children: (wiring: FieldWiring) => ReactNode;
}

const shared =
  "w-full rounded-md border bg-surface px-3 text-ink transition-colors focus-visible:border-transparent focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60";

/** The look every text control of a form shares. */
export const controlLook = `${shared} border-edge py-1.5 text-body hover:border-muted aria-invalid:border-danger aria-invalid:outline-danger`;

/** A control that stands back, for use where its content alone tells what it is. */
const quietLook = `${shared} min-h-9 border-line text-meta hover:border-edge pointer-coarse:min-h-12 pointer-coarse:text-body`;

/** The look of a control on one line. */
export function lineLook(quiet: boolean | undefined): string {
  return quiet ? quietLook : `${controlLook} min-h-10 pointer-coarse:min-h-12`;
}

/**
 * A label, a control, a hint and an error, tied together by id and `aria-describedby`. The control
 * is the child's: spread the wiring on it. TextField, TextArea and SelectField build on this.
 */
export function Field({ label, labelHidden, hint, error, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint ? hintId : "", error ? errorId : ""].filter(Boolean).join(" ");
  return (
    <div {...ownHolder} className="flex flex-col gap-1">
      <label
        {...own}
        htmlFor={id}
        className={labelHidden ? "sr-only" : "text-meta font-medium text-ink"}
      >
        {label}
      </label>
      {children({
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint ? (
        <p {...own} id={hintId} className="text-meta text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p {...own} id={errorId} className="flex items-start gap-1.5 text-meta text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          {error}
        </p>
      ) : null}
    </div>
  );
}

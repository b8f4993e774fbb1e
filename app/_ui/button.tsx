import type { ComponentProps } from "react";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

const shared =
  "inline-flex min-h-9 items-center justify-center gap-2 rounded-md px-4 py-1.5 text-body font-medium whitespace-nowrap select-none transition-colors max-[24rem]:whitespace-normal disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60 pointer-coarse:min-h-11";

const looks: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent enabled:hover:bg-accent-hover",
  secondary: "border border-edge bg-surface text-ink enabled:hover:bg-hover",
  quiet: "text-ink enabled:hover:bg-hover",
  danger: "bg-danger text-on-accent enabled:hover:bg-danger-hover",
};

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
}

/** A button with a verb on it. At most one `primary` per view. `type` is "button" unless said otherwise. */
export function Button({ variant = "secondary", className = "", ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={`${shared} ${looks[variant]} ${className}`} />;
}

import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  icon: LucideIcon;
  label: string;
  tone?: "plain" | "danger";
}

/** A button that shows only an icon. `label` is its name for screen readers and its tooltip. */
export function IconButton({
  icon: Icon,
  label,
  tone = "plain",
  className = "",
  ...rest
}: IconButtonProps) {
  const color = tone === "danger" ? "enabled:hover:text-danger" : "enabled:hover:text-ink";
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={`inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors enabled:hover:bg-hover disabled:cursor-not-allowed disabled:opacity-60 pointer-coarse:size-11 ${color} ${className}`}
    >
      <Icon aria-hidden="true" className="size-4 pointer-coarse:size-5" strokeWidth={1.75} />
    </button>
  );
}

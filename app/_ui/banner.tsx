import { CircleAlert, CloudOff, Info, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type BannerTone = "info" | "offline" | "error";

const looks: Record<BannerTone, { icon: LucideIcon; className: string }> = {
  info: { icon: Info, className: "bg-accent-soft text-ink" },
  offline: { icon: CloudOff, className: "bg-hover text-ink" },
  error: { icon: CircleAlert, className: "bg-danger-soft text-ink" },
};

export interface BannerProps {
  tone: BannerTone;
  children: ReactNode;
  action?: ReactNode;
}

/**
 * A line across a view about its whole state. Errors are announced at once, the others politely;
 * keep the surrounding element mounted where the announcement matters.
 */
export function Banner({ tone, children, action }: BannerProps) {
  const { icon: Icon, className } = looks[tone];
  return (
    <div
      role={tone === "error" ? "alert" : "status"}
      className={`flex flex-wrap gap-x-3 gap-y-2 rounded-md px-3 py-2 ${action ? "items-center" : "items-start"} ${className}`}
    >
      <Icon
        aria-hidden="true"
        className={`size-4 shrink-0 ${action ? "" : "mt-1"} ${tone === "error" ? "text-danger" : "text-muted"}`}
        strokeWidth={1.75}
      />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}

import type { ReactNode } from "react";

export interface SettingRowProps {
  label: ReactNode;
  description?: ReactNode;
  /** The control, at the end of the row or below it where there is no room. */
  children?: ReactNode;
}

/** One setting: what it is, what it means or is set to, and its control. */
export function SettingRow({ label, description, children }: SettingRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-full sm:basis-56">
        <p className="font-medium">{label}</p>
        {description ? <div className="text-muted">{description}</div> : null}
      </div>
      {children}
    </div>
  );
}

import { type ReactNode, useId } from "react";

export interface SettingsSectionProps {
  /** The heading's id, by which script can give it the focus. */
  id?: string;
  title: string;
  description?: ReactNode;
  /** Stands beside the heading, such as a button that adds something. */
  action?: ReactNode;
  children?: ReactNode;
}

/** A part of a settings page: a region named by its heading, which can take the focus. */
export function SettingsSection({
  id: givenId,
  title,
  description,
  action,
  children,
}: SettingsSectionProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  return (
    <section aria-labelledby={id} className="mt-8 border-t border-line pt-6">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={id} tabIndex={-1} className="text-lead font-semibold outline-none">
            {title}
          </h2>
          {description ? <p className="max-w-160 text-muted">{description}</p> : null}
        </div>
        {action}
      </div>
      {children ? <div className="mt-4">{children}</div> : null}
    </section>
  );
}

import type { ReactNode } from "react";

export interface SettingsPageProps {
  /** The one first-level heading of the page. */
  title: string;
  description?: ReactNode;
  /** Sections. */
  children: ReactNode;
}

/** The heading of a settings page, and its sections below. */
export function SettingsPage({ title, description, children }: SettingsPageProps) {
  return (
    <>
      <h1 className="text-title font-semibold">{title}</h1>
      {description ? <p className="mt-1 max-w-160 text-muted">{description}</p> : null}
      {children}
    </>
  );
}

import type { ReactNode } from "react";
import { SiteHeader } from "./site-header";

/** The header of the pages behind the sign-in: it stays in view and leads to the tasks. */
export function AppHeader({ children }: { children: ReactNode }) {
  return (
    <div className="sticky top-0 z-10 border-b border-line bg-canvas">
      <SiteHeader home="/tasks">{children}</SiteHeader>
    </div>
  );
}

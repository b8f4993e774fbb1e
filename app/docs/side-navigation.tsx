import type { ReactNode } from "react";

/** A navigation beside the text where there is room, folded above it on a phone. */
export function SideNavigation({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <details className="mb-6 rounded-md border border-line bg-surface text-meta lg:hidden">
        <summary className="rounded-md px-4 py-3 text-body font-medium">{label}</summary>
        <nav aria-label={label} className="px-2 pb-3">
          {children}
        </nav>
      </details>
      <nav
        aria-label={label}
        className="sticky top-0 max-h-dvh self-start overflow-y-auto py-2 text-meta max-lg:hidden"
      >
        {children}
      </nav>
    </>
  );
}

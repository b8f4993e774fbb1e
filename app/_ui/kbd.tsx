import type { ReactNode } from "react";

/** The name of a key. Hidden where there is no keyboard to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex min-w-5 items-center justify-center rounded-sm border border-line bg-surface px-1 font-sans text-meta leading-4 text-muted pointer-coarse:hidden">
      {children}
    </kbd>
  );
}

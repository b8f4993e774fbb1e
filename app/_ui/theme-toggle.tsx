"use client";

import { Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";

/** One press switches between light and dark. Settings offer the third choice, the system's. */
export function ThemeToggle() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <button
      type="button"
      aria-label="Switch theme"
      title="Switch theme"
      onClick={() => setTheme(resolvedTheme === "dark" ? "light" : "dark")}
      className="inline-flex size-9 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink pointer-coarse:size-11"
    >
      <Moon aria-hidden="true" className="size-4 dark:hidden" strokeWidth={1.75} />
      <Sun aria-hidden="true" className="hidden size-4 dark:block" strokeWidth={1.75} />
    </button>
  );
}

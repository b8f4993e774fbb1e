"use client";

import { ThemeProvider as NextThemesProvider, useTheme } from "next-themes";
import { type ReactNode, useEffect, useState } from "react";
import { canvasColors } from "./canvas-colors";

export interface ThemeProviderProps {
  nonce: string;
  children: ReactNode;
}

/** Sets `data-theme` on the root element before the first paint, from the choice kept in this browser. */
export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
  // The router brings a new one with each refresh, but the policy of the page knows only its first.
  const [kept] = useState(nonce);
  return (
    <NextThemesProvider
      attribute="data-theme"
      nonce={kept}
      enableColorScheme={false}
      disableTransitionOnChange
    >
      <ThemeColor />
      {children}
    </NextThemesProvider>
  );
}

function ThemeColor() {
  const { resolvedTheme } = useTheme();
  useEffect(() => {
    const color = resolvedTheme === "dark" ? canvasColors.dark : canvasColors.light;
    const paint = () => {
      for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
        meta.setAttribute("content", color);
      }
    };
    paint();
    // The router puts new elements in their place when it goes to a page or refreshes it.
    const observer = new MutationObserver(paint);
    observer.observe(document.head, { childList: true });
    return () => observer.disconnect();
  }, [resolvedTheme]);
  return null;
}

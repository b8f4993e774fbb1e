"use client";

import { ThemeProvider as NextThemesProvider, useTheme } from "next-themes";
import { type ReactNode, useEffect } from "react";
import { canvasColours } from "./canvas-colours";

export interface ThemeProviderProps {
  nonce: string;
  children: ReactNode;
}

/** Sets `data-theme` on the root element before the first paint, from the choice kept in this browser. */
export function ThemeProvider({ nonce, children }: ThemeProviderProps) {
  return (
    <NextThemesProvider
      attribute="data-theme"
      nonce={nonce}
      enableColorScheme={false}
      disableTransitionOnChange
    >
      <ThemeColour />
      {children}
    </NextThemesProvider>
  );
}

function ThemeColour() {
  const { resolvedTheme } = useTheme();
  useEffect(() => {
    const colour = resolvedTheme === "dark" ? canvasColours.dark : canvasColours.light;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.setAttribute("content", colour);
    }
  }, [resolvedTheme]);
  return null;
}

"use client";

import { useServerInsertedHTML } from "next/navigation";
import { useRef } from "react";
import type { Theme } from "@/lib/account/profile-values";

/** The key under which next-themes keeps the choice of this browser. */
const storageKey = "theme";

/** Gives a browser without a theme of its own the account's one, before anything is painted. */
export function AccountTheme({ theme, nonce }: { theme: Theme | null; nonce: string }) {
  const isInserted = useRef(false);
  useServerInsertedHTML(() => {
    if (theme === null || isInserted.current) {
      return null;
    }
    isInserted.current = true;
    const [key, value] = [JSON.stringify(storageKey), JSON.stringify(theme)];
    return (
      <script nonce={nonce}>
        {`try{localStorage.getItem(${key})??localStorage.setItem(${key},${value})}catch{}`}
      </script>
    );
  });
  return null;
}

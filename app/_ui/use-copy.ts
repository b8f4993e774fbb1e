import { useEffect, useState } from "react";

const wordsMilliseconds = 3_000;

export type CopyState = "idle" | "copied" | "failed";

/** Copies a text to the clipboard, and says for a moment what came of it. */
export function useCopy(text: string): { state: CopyState; copy: () => Promise<void> } {
  const [state, setState] = useState<CopyState>("idle");

  useEffect(() => {
    if (state === "idle") {
      return;
    }
    const timer = setTimeout(() => setState("idle"), wordsMilliseconds);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // No clipboard without https, and none where the person forbade it.
      setState("failed");
    }
  }

  return { state, copy };
}

"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button";

const wordsMilliseconds = 3_000;

const words = {
  idle: "",
  copied: "Copied",
  failed: "Could not be copied. Select the text and copy it yourself.",
};

/** Copies a text to the clipboard and says so for a moment. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const [state, setState] = useState<keyof typeof words>("idle");

  useEffect(() => {
    if (state === "idle") return;
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

  return (
    <span className="shrink-0 p-2">
      <IconButton
        icon={state === "copied" ? Check : Copy}
        label={`Copy: ${label}`}
        onClick={copy}
      />
      <span role="status" className={state === "failed" ? "max-w-40 text-meta" : "sr-only"}>
        {words[state]}
      </span>
    </span>
  );
}

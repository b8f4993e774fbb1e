"use client";

import { Check, Copy } from "lucide-react";
import { IconButton } from "./icon-button";
import { type CopyState, useCopy } from "./use-copy";

const words: Record<CopyState, string> = {
  idle: "",
  copied: "Copied",
  failed: "Could not be copied. Select the text and copy it yourself.",
};

/** Copies a text to the clipboard and says so for a moment. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const { state, copy } = useCopy(text);
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

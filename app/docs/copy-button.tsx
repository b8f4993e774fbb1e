"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "@/app/_ui/icon-button";

const thanksMilliseconds = 2_000;

/** Copies a text to the clipboard and says so for a moment. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) {
      return;
    }
    const timer = setTimeout(() => setCopied(false), thanksMilliseconds);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <span className="shrink-0 p-2">
      <IconButton
        icon={isCopied ? Check : Copy}
        label={`Copy: ${label}`}
        onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      />
      <span role="status" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </span>
  );
}

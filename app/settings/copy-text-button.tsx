"use client";

import { Check, Copy } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { type CopyState, useCopy } from "@/app/_ui/use-copy";

const words: Record<CopyState, string> = {
  idle: "",
  copied: "Copied",
  failed: "Not copied: select it by hand",
};

/** Copies a text to the clipboard and says so for a moment, or that it could not. */
export function CopyTextButton({ label, text }: { label: string; text: string }) {
  const { state, copy } = useCopy(text);
  const Icon = state === "copied" ? Check : Copy;
  return (
    <>
      <Button onClick={copy}>
        <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
        {words[state] || label}
      </Button>
      <span role="status" className="sr-only">
        {words[state]}
      </span>
    </>
  );
}

"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";

const thanksMilliseconds = 2_000;

/** Copies a text to the clipboard and says so for a moment, or that it could not. */
export function CopyTextButton({ label, text }: { label: string; text: string }) {
  const [outcome, setOutcome] = useState<"" | "Copied" | "Not copied: select it by hand">("");

  useEffect(() => {
    if (outcome !== "Copied") return;
    const timer = setTimeout(() => setOutcome(""), thanksMilliseconds);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("Copied");
    } catch {
      setOutcome("Not copied: select it by hand");
    }
  }

  const Icon = outcome === "Copied" ? Check : Copy;
  return (
    <>
      <Button onClick={copy}>
        <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
        {outcome || label}
      </Button>
      <span role="status" className="sr-only">
        {outcome}
      </span>
    </>
  );
}

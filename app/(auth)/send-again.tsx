"use client";

import { useState } from "react";
import { explainFailure } from "@/app/_account/explain-failure";
import { Button } from "@/app/_ui/button";
import { useHydrated } from "@/app/_ui/use-hydrated";

export interface SendAgainProps {
  label?: string;
  /** What is said when it went well. */
  done: string;
  send: () => Promise<void>;
}

/** A button that asks for one more mail, and says beside it what came of that. */
export function SendAgain({ label = "Send the link again", done, send }: SendAgainProps) {
  const hydrated = useHydrated();
  const [words, setWords] = useState("");
  const [isSending, setSending] = useState(false);

  async function press() {
    if (isSending) {
      return;
    }
    setSending(true);
    setWords("");
    try {
      await send();
      setWords(done);
    } catch (error) {
      setWords(explainFailure(error, []).form ?? "");
    } finally {
      setSending(false);
    }
  }

  return (
    <div className="flex flex-col items-start gap-2">
      <Button onClick={press} disabled={!hydrated} aria-disabled={isSending}>
        {label}
      </Button>
      <p role="status" className="text-meta text-muted empty:sr-only">
        {words}
      </p>
    </div>
  );
}

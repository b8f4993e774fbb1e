import { Check, CircleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";

export interface SaveStateProps {
  state: "idle" | "saving" | "saved" | "failed";
  /** What is said instead of "Saving…" and "Saved"; with "failed", why. */
  words?: string;
  /** With "failed": sends it again. */
  onRetry?: () => void;
}

/** Says how saving went. Announced, because it stays mounted; it keeps its place, so nothing moves. */
export function SaveState({ state, words, onRetry }: SaveStateProps) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2 pointer-coarse:min-h-11">
      <p role="status" className="flex min-w-0 items-start gap-1.5 text-meta text-muted">
        {state === "saving" ? (words ?? "Saving…") : null}
        {state === "saved" ? (
          <>
            <Check
              aria-hidden="true"
              className="mt-0.5 size-4 shrink-0 text-accent"
              strokeWidth={1.75}
            />
            {words ?? "Saved"}
          </>
        ) : null}
        {state === "failed" ? (
          <>
            <CircleAlert
              aria-hidden="true"
              className="mt-0.5 size-4 shrink-0 text-danger"
              strokeWidth={1.75}
            />
            <span className="text-danger">{onRetry ? `Not saved. ${words}` : words}</span>
          </>
        ) : null}
      </p>
      {state === "failed" && onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  );
}

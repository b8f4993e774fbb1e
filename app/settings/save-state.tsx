import { Check, CircleAlert } from "lucide-react";

export interface SaveStateProps {
  state: "idle" | "saving" | "saved" | "failed";
  /** What is said instead of "Saving" and "Saved"; with "failed", why. */
  words?: string;
}

/** Says beside a button how saving went. Announced, because it stays mounted. */
export function SaveState({ state, words }: SaveStateProps) {
  return (
    <p role="status" className="flex min-w-0 items-start gap-1.5 text-meta text-muted">
      {state === "saving" ? (words ?? "Saving") : null}
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
          <span className="text-danger">{words}</span>
        </>
      ) : null}
    </p>
  );
}

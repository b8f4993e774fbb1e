import { createPortal } from "react-dom";
import { Button } from "./button";
import { useIsFileGone } from "./use-is-file-gone";

interface PartFailedProps {
  failure: unknown;
  onRetry: () => void;
  onGiveUp: () => void;
}

/** What is said where a part of the page could not be loaded. The page around it goes on. */
export function PartFailed({ failure, onRetry, onGiveUp }: PartFailedProps) {
  const isGone = useIsFileGone(failure);
  return createPortal(
    <div
      role="alert"
      className="fixed inset-x-4 bottom-[max(1rem,env(safe-area-inset-bottom))] z-50 mx-auto flex w-fit flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-surface py-2 ps-4 pe-2 shadow-raised"
    >
      <p>
        {isGone
          ? "The site has a new version. Reload the page to open this."
          : "This could not be loaded. Your tasks are safe."}
      </p>
      <span className="flex gap-1">
        {isGone ? (
          <Button onClick={() => window.location.reload()}>Reload the page</Button>
        ) : (
          <Button onClick={onRetry}>Try again</Button>
        )}
        <Button variant="quiet" onClick={onGiveUp}>
          Close
        </Button>
      </span>
    </div>,
    document.body,
  );
}

import { createPortal } from "react-dom";
import { Button } from "./button";

/** What is said where a part of the page could not be loaded. The page around it goes on. */
export function PartFailed({ onRetry, onGiveUp }: { onRetry: () => void; onGiveUp: () => void }) {
  return createPortal(
    <div
      role="alert"
      className="fixed inset-x-4 bottom-[max(1rem,env(safe-area-inset-bottom))] z-50 mx-auto flex w-fit flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-surface py-2 ps-4 pe-2 shadow-raised"
    >
      <p>This could not be loaded. Your tasks are safe.</p>
      <span className="flex gap-1">
        <Button onClick={onRetry}>Try again</Button>
        <Button variant="quiet" onClick={onGiveUp}>
          Close
        </Button>
      </span>
    </div>,
    document.body,
  );
}

import { useEffect, useState } from "react";
import { useToasts } from "@/app/_ui/toasts";
import type { AskFirstProps } from "./ask-first";
import { keepFocus } from "./keep-focus";
import type { ChangeRunner } from "./use-change";

export interface RemovalOptions<Item> {
  remove: (item: Item) => Promise<void>;
  /** What takes the focus of a button that goes with the item. Asked once the item is gone. */
  nextFocus: (item: Item) => HTMLElement | null;
  /** What is said then. */
  words: (item: Item) => string;
}

export interface Removal<Item> {
  ask: (item: Item) => void;
  /** What was asked about last; it stays while the dialog closes. */
  chosen: Item | null;
  /** For the dialog that asks. */
  question: Pick<AskFirstProps, "open" | "onClose" | "onAgree" | "isBusy" | "returnFocus">;
}

/** Takes something away after asking, says so, and leaves the focus on what stays. */
export function useRemoval<Item>(
  change: ChangeRunner,
  options: RemovalOptions<Item>,
): Removal<Item> {
  const { show } = useToasts();
  const [chosen, setChosen] = useState<Item | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [nextFocus, setNextFocus] = useState<HTMLElement | null>(null);
  const close = () => setAsking(false);

  useEffect(() => (nextFocus ? keepFocus(nextFocus) : undefined), [nextFocus]);

  function ask(item: Item) {
    setChosen(item);
    setNextFocus(null);
    setAsking(true);
  }

  function remove(item: Item) {
    const done = () => {
      const next = options.nextFocus(item);
      setNextFocus(next);
      close();
      show({ message: options.words(item) });
    };
    change.run(() => options.remove(item), { done });
  }

  return {
    ask,
    chosen,
    question: {
      open: isAsking && !change.isAside,
      onClose: close,
      onAgree: () => {
        if (chosen !== null) {
          remove(chosen);
        }
      },
      isBusy: change.isBusy,
      returnFocus: nextFocus ? () => nextFocus : undefined,
    },
  };
}

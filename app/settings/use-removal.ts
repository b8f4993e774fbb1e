import { useEffect, useState } from "react";
import { useToasts } from "@/app/_ui/toasts";
import type { AskFirstProps } from "./ask-first";
import { keepFocus } from "./keep-focus";
import type { Change } from "./use-change";

export interface RemovalOptions<Item> {
  remove: (item: Item) => Promise<void>;
  /** What takes the focus of a button that goes with the item. Asked once the item is gone. */
  heir: (item: Item) => HTMLElement | null;
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
export function useRemoval<Item>(change: Change, options: RemovalOptions<Item>): Removal<Item> {
  const { show } = useToasts();
  const [chosen, setChosen] = useState<Item | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [heir, setHeir] = useState<HTMLElement | null>(null);
  const close = () => setAsking(false);

  useEffect(() => (heir ? keepFocus(heir) : undefined), [heir]);

  function ask(item: Item) {
    setChosen(item);
    setHeir(null);
    setAsking(true);
  }

  function remove(item: Item) {
    const done = () => {
      const next = options.heir(item);
      setHeir(next);
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
      returnFocus: heir ? () => heir : undefined,
    },
  };
}

import { useState } from "react";

function focused(): Element | null {
  return typeof document === "undefined" ? null : document.activeElement;
}

/**
 * What had the focus when `open` became true, read before anything inside takes it by `autoFocus`.
 *
 * @returns the element, or true where it is gone and the focus is left to the dialog
 */
export function useOrigin(open: boolean): () => HTMLElement | true {
  const [wasOpen, setWasOpen] = useState(false);
  const [origin, setOrigin] = useState<Element | null>(null);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) {
      setOrigin(focused());
    }
  }
  return () => {
    const isThere = origin instanceof HTMLElement && origin.isConnected;
    return isThere && origin !== document.body ? origin : true;
  };
}

import { type RefObject, useMemo, useRef } from "react";

/** Takes the focus to a field and, when the person leaves it, back to where it came from. */
export function useFieldVisit() {
  const cameFrom = useRef<HTMLElement | null>(null);
  return useMemo(
    () => ({
      visit(field: RefObject<HTMLInputElement | null>) {
        const { activeElement } = document;
        if (activeElement instanceof HTMLElement) {
          cameFrom.current = activeElement;
        }
        field.current?.focus();
        field.current?.select();
      },
      leave() {
        const origin = cameFrom.current;
        cameFrom.current = null;
        const isThere = origin?.isConnected && origin !== document.body;
        const target = isThere ? origin : document.getElementById("content");
        target?.focus();
      },
    }),
    [],
  );
}

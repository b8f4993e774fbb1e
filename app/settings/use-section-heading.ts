import { type RefObject, useCallback, useRef } from "react";

/**
 * The heading of the section an element stands in, where the focus goes when a change took the
 * control away that had it.
 */
export function useSectionHeading<Part extends HTMLElement>(): {
  part: RefObject<Part | null>;
  heading: () => HTMLElement | null;
} {
  const part = useRef<Part>(null);
  const heading = useCallback(
    () => part.current?.closest("section")?.querySelector<HTMLElement>("h2") ?? null,
    [],
  );
  return { part, heading };
}

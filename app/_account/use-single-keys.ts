import { useSyncExternalStore } from "react";

// A page that the router remembers was made with the previous choice, so the last one is kept here.
let chosen: boolean | null = null;
const listeners = new Set<() => void>();

/**
 * Whether letters, digits and signs alone are shortcuts: as chosen since this page was loaded, or as
 * the account had it then.
 */
export function useSingleKeys(stored: boolean): boolean {
  return useSyncExternalStore(
    subscribe,
    () => chosen ?? stored,
    () => stored,
  );
}

/** Makes a choice count in all of this tab. */
export function chooseSingleKeys(choice: boolean): void {
  chosen = choice;
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

import { useSyncExternalStore } from "react";

function subscribe() {
  return () => {};
}

/** False on the server and in the first render, true once React runs the page. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}

import { useEffect } from "react";

/** Takes the token of a link out of the address bar and the history once the page holds it. */
export function useHiddenToken() {
  useEffect(() => {
    // After the router's own effects: only then does it hear of the new address and keep to it.
    const timer = setTimeout(() => {
      window.history.replaceState(null, "", window.location.pathname);
    });
    return () => clearTimeout(timer);
  }, []);
}

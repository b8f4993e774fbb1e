import { useEffect, useState } from "react";

/**
 * Takes the token of a link out of the address bar and the history once the page holds it.
 *
 * @returns the token as it came: without it in the address bar the router renders the page again
 */
export function useHiddenToken<Token extends string | null>(token: Token): Token {
  const [kept] = useState(token);
  useEffect(() => {
    // After the router's own effects: only then does it hear of the new address and keep to it.
    const timer = setTimeout(() => {
      window.history.replaceState(null, "", window.location.pathname);
    });
    return () => clearTimeout(timer);
  }, []);
  return kept;
}

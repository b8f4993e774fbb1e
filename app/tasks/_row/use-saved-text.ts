import { useCallback, useEffect, useRef, useState } from "react";
import { codePoints } from "@/lib/planning/text";

const saveAfterMilliseconds = 700;

export type SavedText = {
  text: string;
  isDirty: boolean;
  type: (text: string) => void;
  flush: () => void;
};

/**
 * A text that saves itself shortly after the last keystroke, and at once when its field is left,
 * goes away, or the page is hidden or closed. Too long a text waits for its author as long as the
 * field is there. While nothing is unsaved it follows `stored`.
 */
export function useSavedText(
  stored: string,
  lengthMax: number,
  save: (text: string) => void,
): SavedText {
  const [typed, setTyped] = useState<string | null>(null);
  const latest = useRef({ typed, save });
  useEffect(() => {
    latest.current = { typed, save };
  });

  const flush = useCallback(() => {
    const unsaved = latest.current.typed;
    if (unsaved === null) {
      return;
    }
    latest.current.typed = null;
    latest.current.save(unsaved);
    setTyped(null);
  }, []);

  useEffect(() => {
    if (typed === null || codePoints(typed) > lengthMax) {
      return;
    }
    const timer = setTimeout(flush, saveAfterMilliseconds);
    return () => clearTimeout(timer);
  }, [typed, lengthMax, flush]);

  useEffect(() => {
    window.addEventListener("beforeunload", flush, { capture: true });
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      window.removeEventListener("beforeunload", flush, { capture: true });
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", flush);
      flush();
    };
  }, [flush]);

  return {
    text: typed ?? stored,
    isDirty: typed !== null,
    type: (text) => setTyped(text === stored ? null : text),
    flush,
  };
}

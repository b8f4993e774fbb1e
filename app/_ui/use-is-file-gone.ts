import { useEffect, useState } from "react";
import { isFileGone, missingFileOf } from "./missing-file";

/**
 * Whether the file that an error says could not be loaded is gone, so that only reloading the page
 * helps. Null until that is known.
 */
export function useIsFileGone(error: unknown): boolean | null {
  const file = missingFileOf(error);
  const [known, setKnown] = useState<{ file: string; isGone: boolean } | null>(null);
  useEffect(() => {
    let isShown = true;
    if (file !== null) {
      void isFileGone(file).then((isGone) => isShown && setKnown({ file, isGone }));
    }
    return () => {
      isShown = false;
    };
  }, [file]);
  if (file === null) {
    return false;
  }
  return known?.file === file ? known.isGone : null;
}

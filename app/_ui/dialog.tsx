"use client";

import { useEffect, useState } from "react";
import type { DialogProps } from "./dialog-popup";
import { LazyPart } from "./lazy-part";

const loadPopup = () => import("./dialog-popup");

/**
 * A modal dialog ("center") or a sheet ("side": a panel at the edge, the whole width on a phone).
 * Traps focus, closes on Escape and on a press outside, returns focus to where it came from.
 * Its code loads after the page, so that it costs the first load nothing.
 */
export function Dialog(props: DialogProps) {
  const [wasOpened, setWasOpened] = useState(props.open);
  if (props.open && !wasOpened) {
    setWasOpened(true);
  }

  useEffect(() => {
    loadPopup().catch(() => {
      // Only a head start: opening the dialog loads it again and says so.
    });
  }, []);

  if (!wasOpened) {
    return null;
  }
  return (
    <LazyPart
      load={loadPopup}
      props={props}
      onGiveUp={() => {
        props.onClose();
        setWasOpened(false);
      }}
    />
  );
}

"use client";

import { useEffect } from "react";
import { isOnTheWay, leave } from "@/app/_account/leave";
import { openTabChannel } from "@/lib/client/tab-channel";

/** Leaves when another tab signs out, and shows no page of before from the browser's memory. */
export function LeaveTogether() {
  useEffect(() => {
    const reloadWhenRestored = (event: PageTransitionEvent) => {
      if (event.persisted) {
        window.location.reload();
      }
    };
    window.addEventListener("pageshow", reloadWhenRestored);
    const channel = openTabChannel();
    channel?.listen(({ kind }) => {
      if (kind === "signed-out" && !isOnTheWay()) {
        leave("/sign-in");
      }
    });
    return () => {
      window.removeEventListener("pageshow", reloadWhenRestored);
      channel?.close();
    };
  }, []);
  return null;
}

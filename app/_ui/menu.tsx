"use client";

import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { IconButton } from "./icon-button";
import { isComposing } from "./is-composing";
import { LazyPart } from "./lazy-part";
import type { MenuItem } from "./menu-popup";

const loadPopup = () => import("./menu-popup");

export interface MenuProps {
  label: string;
  icon: LucideIcon;
  items: readonly MenuItem[];
  align?: "start" | "end";
  className?: string;
}

/**
 * An icon button that opens a menu of commands. Arrow keys, Home, End, typing ahead and Escape
 * work; focus returns to the button unless the command takes it. Its code loads after the page, so that it costs the first load nothing.
 */
export function Menu({ label, icon, items, align = "end", className = "" }: MenuProps) {
  const [trigger, setTrigger] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (open && !wasOpened) {
    setWasOpened(true);
  }

  useEffect(() => {
    loadPopup().catch(() => {
      // Only a head start: opening the menu loads it again and says so.
    });
  }, []);

  function openByArrow(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent) || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) {
      return;
    }
    event.preventDefault();
    setOpen(true);
  }

  return (
    <>
      <IconButton
        ref={setTrigger}
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        onKeyDown={openByArrow}
        className={className}
      />
      {wasOpened ? (
        <LazyPart
          load={loadPopup}
          props={{ open, onOpenChange: setOpen, trigger, label, items, align }}
          onGiveUp={() => {
            setOpen(false);
            setWasOpened(false);
            trigger?.focus();
          }}
        />
      ) : null}
    </>
  );
}

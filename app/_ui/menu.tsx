"use client";

import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, lazy, Suspense, useEffect, useState } from "react";
import { IconButton } from "./icon-button";

const loadPopup = () => import("./menu-popup");
const MenuPopup = lazy(loadPopup);

export interface MenuItem {
  label: string;
  onSelect: () => void;
  icon?: LucideIcon;
  keys?: string;
  tone?: "plain" | "danger";
  separated?: boolean;
  disabled?: boolean;
}

export interface MenuProps {
  label: string;
  icon: LucideIcon;
  items: readonly MenuItem[];
  align?: "start" | "end";
  className?: string;
}

/**
 * An icon button that opens a menu of commands. Arrow keys, Home, End, typing ahead and Escape
 * work; focus returns to the button. `separated` draws a line above an item. Its code loads after
 * the page, so that it costs the first load nothing.
 */
export function Menu({ label, icon, items, align = "end", className = "" }: MenuProps) {
  const [trigger, setTrigger] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (open && !wasOpened) setWasOpened(true);

  useEffect(() => {
    loadPopup().catch(() => {
      // Only a head start: opening the menu loads it again and reports the failure.
    });
  }, []);

  function openByArrow(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
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
        <Suspense>
          <MenuPopup
            open={open}
            onOpenChange={setOpen}
            trigger={trigger}
            label={label}
            items={items}
            align={align}
          />
        </Suspense>
      ) : null}
    </>
  );
}

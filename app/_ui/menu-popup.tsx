"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, type LucideIcon } from "lucide-react";
import { Fragment } from "react";
import { Kbd } from "./kbd";

export interface MenuItem {
  label: string;
  onSelect: () => void;
  icon?: LucideIcon;
  keys?: string;
  tone?: "plain" | "danger";
  /** Draws a line above it. */
  separated?: boolean;
  disabled?: boolean;
  /** Whether it is the chosen one of several; undefined for a plain command. */
  checked?: boolean;
}

interface MenuPopupProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: HTMLElement | null;
  label: string;
  items: readonly MenuItem[];
  align: "start" | "end";
}

/** The trigger, unless a command has taken the focus elsewhere by now. */
function focusAfter(trigger: HTMLElement | null): HTMLElement | null | false {
  const { activeElement } = document;
  const isLost = activeElement === null || activeElement === document.body;
  return isLost || activeElement.closest("[role='menu']") ? trigger : false;
}

/** The loaded part of Menu; import `./menu` instead. */
export default function MenuPopup({
  open,
  onOpenChange,
  trigger,
  label,
  items,
  align,
}: MenuPopupProps) {
  const landmark = trigger?.closest<HTMLElement>("main, header, [role='dialog']");
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange}>
      {/* Without a box of its own it does not take part in the landmark's layout. */}
      <Menu.Portal container={landmark ?? document.body} className="contents">
        <Menu.Positioner
          anchor={trigger}
          align={align}
          sideOffset={4}
          className="z-50 outline-none"
        >
          <Menu.Popup
            aria-label={label}
            finalFocus={() => focusAfter(trigger)}
            className="max-h-(--available-height) max-w-(--available-width) min-w-48 overflow-y-auto rounded-md bg-surface p-1 shadow-raised outline-none transition duration-150 data-ending-style:opacity-0 data-starting-style:-translate-y-1 data-starting-style:opacity-0"
          >
            {items.map((item) => (
              <Fragment key={item.label}>
                {item.separated ? <Menu.Separator className="my-1 h-px bg-line" /> : null}
                <MenuRow item={item} />
              </Fragment>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function MenuRow({ item }: { item: MenuItem }) {
  const Icon = item.icon;
  const color = item.tone === "danger" ? "text-danger" : "text-ink";
  const radio = { role: "menuitemradio", "aria-checked": item.checked };
  return (
    <Menu.Item
      {...(item.checked === undefined ? {} : radio)}
      disabled={item.disabled ?? false}
      onClick={item.onSelect}
      className={`flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-disabled:opacity-60 data-highlighted:bg-hover pointer-coarse:min-h-11 ${color}`}
    >
      {Icon ? <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} /> : null}
      <span className="flex-1">{item.label}</span>
      {item.checked ? (
        <Check aria-hidden="true" className="size-4 shrink-0 text-accent" strokeWidth={1.75} />
      ) : null}
      {item.keys ? <Kbd>{item.keys}</Kbd> : null}
    </Menu.Item>
  );
}

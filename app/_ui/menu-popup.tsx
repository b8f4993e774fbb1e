"use client";

import { Menu } from "@base-ui/react/menu";
import { Fragment, useRef } from "react";
import { Kbd } from "./kbd";
import type { MenuItem } from "./menu";

interface MenuPopupProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: HTMLElement | null;
  label: string;
  items: readonly MenuItem[];
  align: "start" | "end";
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
  const chosen = useRef<MenuItem | null>(null);

  // A command may take the focus elsewhere, which lasts once the menu has given it back.
  function runChosen(isOpen: boolean) {
    if (isOpen) return;
    const item = chosen.current;
    chosen.current = null;
    if (item) setTimeout(item.onSelect);
  }

  const landmark = trigger?.closest<HTMLElement>("main, header, [role='dialog']");
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange} onOpenChangeComplete={runChosen}>
      <Menu.Portal container={landmark ?? document.body}>
        <Menu.Positioner
          anchor={trigger}
          align={align}
          sideOffset={4}
          className="z-50 outline-none"
        >
          <Menu.Popup
            aria-label={label}
            finalFocus={() => trigger}
            className="max-h-(--available-height) max-w-(--available-width) min-w-48 overflow-y-auto rounded-md bg-surface p-1 shadow-raised outline-none transition duration-150 data-ending-style:opacity-0 data-starting-style:-translate-y-1 data-starting-style:opacity-0"
          >
            {items.map((item) => (
              <Fragment key={item.label}>
                {item.separated ? <Menu.Separator className="my-1 h-px bg-line" /> : null}
                <MenuRow
                  item={item}
                  onChoose={() => {
                    chosen.current = item;
                  }}
                />
              </Fragment>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function MenuRow({ item, onChoose }: { item: MenuItem; onChoose: () => void }) {
  const Icon = item.icon;
  const colour = item.tone === "danger" ? "text-danger" : "text-ink";
  return (
    <Menu.Item
      disabled={item.disabled ?? false}
      onClick={onChoose}
      className={`flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-disabled:opacity-60 data-highlighted:bg-hover pointer-coarse:min-h-11 ${colour}`}
    >
      {Icon ? <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} /> : null}
      <span className="flex-1">{item.label}</span>
      {item.keys ? <Kbd>{item.keys}</Kbd> : null}
    </Menu.Item>
  );
}

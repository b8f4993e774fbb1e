"use client";

import { Dialog } from "@/app/_ui/dialog";
import { Kbd } from "@/app/_ui/kbd";
import { hasAppleKeyboard, keyNames, shortcuts } from "./shortcuts";

const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))];

/** Every shortcut, in the names of the reader's own keyboard. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      {open ? groups.map((group) => <ShortcutGroup key={group} group={group} />) : null}
    </Dialog>
  );
}

function ShortcutGroup({ group }: { group: string }) {
  const isApple = hasAppleKeyboard();
  return (
    <section className="pb-4">
      <h3 className="pb-1 text-meta font-semibold text-muted">{group}</h3>
      <dl>
        {shortcuts
          .filter((shortcut) => shortcut.group === group)
          .map(({ id, label, shown }) => (
            <div key={id} className="flex min-h-8 items-center justify-between gap-4">
              <dt>{label}</dt>
              <dd className="flex gap-2">
                {shown.map((combination) => (
                  <span key={combination} className="flex gap-0.5">
                    {keyNames(combination, isApple).map((name) => (
                      <Kbd key={name}>{name}</Kbd>
                    ))}
                  </span>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

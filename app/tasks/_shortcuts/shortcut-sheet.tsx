"use client";

import { useContext } from "react";
import { Dialog } from "@/app/_ui/dialog";
import { Kbd } from "@/app/_ui/kbd";
import { PageLink } from "@/app/_ui/page-link";
import { HasSingleKeys } from "./has-single-keys";
import { hasAppleKeyboard, keyNames, shortcuts, shortcutsFor } from "./shortcuts";

const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))];

/** Every shortcut that works, in the names of the reader's own keyboard. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const hasSingleKeys = useContext(HasSingleKeys);
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      {open ? groups.map((group) => <ShortcutGroup key={group} group={group} />) : null}
      <p className="text-muted">
        {hasSingleKeys ? "Single keys can be turned off" : "Single keys are turned off"} in{" "}
        <PageLink href="/settings">Settings</PageLink>.
      </p>
    </Dialog>
  );
}

function ShortcutGroup({ group }: { group: string }) {
  const isApple = hasAppleKeyboard();
  const hasSingleKeys = useContext(HasSingleKeys);
  return (
    <section className="pb-4">
      <h3 className="pb-1 text-meta font-semibold text-muted">{group}</h3>
      <dl>
        {shortcutsFor(hasSingleKeys)
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

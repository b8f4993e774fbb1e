import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { isComposing } from "@/app/_ui/is-composing";
import { isSingleKey, type ShortcutId, shortcuts } from "./shortcuts";

/** What a shortcut does; false when there is nothing to do and the browser may have the key. */
export type ShortcutHandlers = Partial<Record<ShortcutId, () => boolean>>;

const typingPlaces =
  "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu]";

function isTyping(event: KeyboardEvent): boolean {
  if (isComposing(event) || event.defaultPrevented) {
    return true;
  }
  return event.target instanceof Element && event.target.closest(typingPlaces) !== null;
}

/** Arrow keys scroll the page unless the focus is among the tasks. */
function isScrolling(event: KeyboardEvent): boolean {
  if (!event.key.startsWith("Arrow")) {
    return false;
  }
  return !(event.target instanceof Element && event.target.closest("[data-task-list]"));
}

/**
 * Listens for the shortcuts of the registry while the component is mounted.
 *
 * @param hasSingleKeys whether letters, digits and signs alone count (WCAG 2.1.4)
 */
export function useShortcuts(handlers: ShortcutHandlers, hasSingleKeys: boolean) {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });

  useEffect(() => {
    const bindings: Record<string, (event: KeyboardEvent) => void> = {};
    for (const { id, keys } of shortcuts) {
      for (const combination of keys.filter((key) => hasSingleKeys || !isSingleKey(key))) {
        bindings[combination] = (event) => {
          if (isTyping(event) || isScrolling(event)) {
            return;
          }
          if (latest.current[id]?.()) {
            event.preventDefault();
          }
        };
      }
    }
    return tinykeys(window, bindings);
  }, [hasSingleKeys]);
}

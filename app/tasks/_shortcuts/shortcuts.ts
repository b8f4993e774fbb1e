export const shortcuts = [
  { id: "add", group: "Tasks", label: "Add a task", keys: ["q", "c"], shown: ["Q", "C"] },
  { id: "open", group: "Tasks", label: "Open or close details", keys: [], shown: ["Enter"] },
  { id: "complete", group: "Tasks", label: "Complete or reopen", keys: ["e"], shown: ["E"] },
  { id: "rename", group: "Tasks", label: "Rename", keys: ["$mod+e"], shown: ["Mod+E"] },
  { id: "priorityHigh", group: "Tasks", label: "High priority", keys: ["1"], shown: ["1"] },
  { id: "priorityMedium", group: "Tasks", label: "Medium priority", keys: ["2"], shown: ["2"] },
  { id: "priorityLow", group: "Tasks", label: "Low priority", keys: ["3"], shown: ["3"] },
  { id: "priorityNone", group: "Tasks", label: "No priority", keys: ["4"], shown: ["4"] },
  { id: "dueDate", group: "Tasks", label: "Set a due date", keys: ["t"], shown: ["T"] },
  {
    id: "noDueDate",
    group: "Tasks",
    label: "Remove the due date",
    keys: ["Shift+t"],
    shown: ["Shift+T"],
  },
  {
    id: "remove",
    group: "Tasks",
    label: "Delete",
    keys: ["Shift+Delete", "$mod+Backspace"],
    shown: ["Shift+Delete", "Mod+Backspace"],
  },
  { id: "undo", group: "Tasks", label: "Undo", keys: ["z", "$mod+z"], shown: ["Z", "Mod+Z"] },
  {
    id: "next",
    group: "Around the list",
    label: "Next task",
    keys: ["j", "ArrowDown"],
    shown: ["J", "↓"],
  },
  {
    id: "previous",
    group: "Around the list",
    label: "Previous task",
    keys: ["k", "ArrowUp"],
    shown: ["K", "↑"],
  },
  { id: "search", group: "Around the list", label: "Search", keys: ["/", "Shift+/"], shown: ["/"] },
  {
    id: "help",
    group: "Around the list",
    label: "Show the shortcuts",
    keys: ["Shift+?", "?"],
    shown: ["?"],
  },
] as const;

export type ShortcutId = (typeof shortcuts)[number]["id"];

/** Whether a combination is one letter, digit or sign, which speech input can type by accident. */
export function isSingleKey(combination: string): boolean {
  return /^(?:Shift\+)?[\p{L}\p{N}\p{P}]$/u.test(combination);
}

/** The shortcuts that work for somebody, as they are shown. */
export function shortcutsFor(hasSingleKeys: boolean) {
  return shortcuts
    .map((shortcut) => ({
      ...shortcut,
      shown: shortcut.shown.filter((keys) => hasSingleKeys || !isSingleKey(keys)),
    }))
    .filter(({ shown }) => shown.length > 0);
}

/** The keys of a combination as they are printed on the reader's keyboard. */
export function keyNames(combination: string, isApple: boolean): string[] {
  const names: Record<string, string> = isApple
    ? { Mod: "⌘", Shift: "⇧", Backspace: "⌫", Delete: "⌦" }
    : { Mod: "Ctrl" };
  return combination.split("+").map((key) => names[key] ?? key);
}

/** Whether the reader's keyboard has a ⌘ key. */
export function hasAppleKeyboard(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** How the first combination of a command that works is shown beside it in a menu. */
export function shownKeys(id: ShortcutId, hasSingleKeys: boolean): string {
  const [shown] = shortcutsFor(hasSingleKeys).find((shortcut) => shortcut.id === id)?.shown ?? [];
  if (shown === undefined) {
    return "";
  }
  const isApple = hasAppleKeyboard();
  return keyNames(shown, isApple).join(isApple ? "" : "+");
}

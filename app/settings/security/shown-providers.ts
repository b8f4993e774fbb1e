import type { ShownProvider } from "./provider-list";

const names: Record<string, string> = { github: "GitHub", google: "Google" };

/** The providers a person may link, and those that are linked though the site offers them no longer. */
export function shownProviders(
  offered: readonly string[],
  linked: readonly string[],
): ShownProvider[] {
  const all = [...new Set([...offered, ...linked])];
  return all.map((id) => ({ id, name: names[id] ?? id, isLinked: linked.includes(id) }));
}

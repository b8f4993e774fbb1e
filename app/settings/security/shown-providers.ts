import { type Provider, providerNames } from "@/lib/sign-in-providers";
import type { ShownProvider } from "./provider-list";

/** The providers a person may link, and those that are linked though the site offers them no longer. */
export function shownProviders(
  offered: readonly Provider[],
  linked: readonly Provider[],
): ShownProvider[] {
  const all = [...new Set([...offered, ...linked])];
  return all.map((id) => ({ id, name: providerNames[id], isLinked: linked.includes(id) }));
}

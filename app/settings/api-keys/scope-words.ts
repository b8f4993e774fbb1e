import type { ApiKeyScope } from "@/lib/client/api-key-client";

/** What each scope allows, for a person. */
export const scopeChoices: { scope: ApiKeyScope; label: string; hint: string }[] = [
  { scope: "tasks:read", label: "Read tasks", hint: "List tasks and read each of them." },
  {
    scope: "tasks:write",
    label: "Change tasks",
    hint: "Add, change, complete, delete and restore tasks.",
  },
];

/** What the scopes of a key allow, in words. Scopes this page does not know stand as they are. */
export function scopeWords(scopes: readonly string[]): string {
  const words = scopes.map(
    (scope) => scopeChoices.find((choice) => choice.scope === scope)?.label.toLowerCase() ?? scope,
  );
  const text = new Intl.ListFormat("en-GB").format(words);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

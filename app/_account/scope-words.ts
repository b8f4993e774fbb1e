import type { ApiKeyScope } from "@/lib/client/api-key-client";

export type ScopeChoice = { scope: ApiKeyScope; label: string; hint: string };

/** What each scope allows, for a person. */
export const scopeChoices: ScopeChoice[] = [
  { scope: "tasks:read", label: "Read tasks", hint: "List tasks and read each of them." },
  {
    scope: "tasks:write",
    label: "Change tasks",
    hint: "Add, change, complete, delete and restore tasks.",
  },
];

/** What scopes allow, each in a sentence. Scopes that are not known stand as they are. */
export function scopeSentences(scopes: readonly string[]): string[] {
  return scopes.map((scope) => choiceOf(scope)?.hint ?? scope);
}

/** What scopes allow, in a few words. Scopes that are not known stand as they are. */
export function scopeWords(scopes: readonly string[]): string {
  const words = scopes.map((scope) => choiceOf(scope)?.label.toLowerCase() ?? scope);
  const text = new Intl.ListFormat("en-GB").format(words);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function choiceOf(scope: string): ScopeChoice | undefined {
  return scopeChoices.find((choice) => choice.scope === scope);
}

"use client";

import { AskFirst } from "@/app/settings/ask-first";
import { useChange } from "@/app/settings/use-change";
import { useRemoval } from "@/app/settings/use-removal";
import { useRowButtons } from "@/app/settings/use-row-buttons";
import { revokeApiKey } from "@/lib/client/api-key-client";
import { ApiKeyRow } from "./api-key-row";
import type { ShownApiKey } from "./shown-api-key";

export interface ApiKeyListProps {
  keys: readonly ShownApiKey[];
  /** Where the focus goes when the last key is gone. */
  heading: () => HTMLElement | null;
}

/** The keys there are. Revoking one asks first, by its name. */
export function ApiKeyList({ keys, heading }: ApiKeyListProps) {
  const buttons = useRowButtons(keys.map(({ id }) => id));
  const { ask, chosen, question } = useRemoval<ShownApiKey>(useChange(), {
    remove: ({ id }) => revokeApiKey(id),
    nextFocus: ({ id }) => buttons.beside(id) ?? heading(),
    words: ({ name }) => `${name} is revoked.`,
  });

  return (
    <>
      {keys.length > 0 ? (
        <ul aria-label="API keys" className="divide-y divide-line">
          {keys.map((key) => (
            <ApiKeyRow
              key={key.id}
              apiKey={key}
              onRevoke={() => ask(key)}
              button={buttons.keep(key.id)}
            />
          ))}
        </ul>
      ) : null}
      {chosen ? (
        <AskFirst {...question} title={`Revoke ${chosen.name}?`} verb="Revoke">
          Programs that use {chosen.mark} stop working within a second. This cannot be undone.
        </AskFirst>
      ) : null}
    </>
  );
}

"use client";

import { useState } from "react";
import { useToasts } from "@/app/_ui/toasts";
import { AskFirst } from "@/app/settings/ask-first";
import { useChange } from "@/app/settings/use-change";
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
  const { show } = useToasts();
  const { isBusy, isAside, run } = useChange();
  const [chosen, setChosen] = useState<ShownApiKey | null>(null);
  const [isAsking, setAsking] = useState(false);
  const buttons = useRowButtons(keys.map(({ id }) => id));
  const [heir, setHeir] = useState<HTMLElement | null>(null);
  const close = () => setAsking(false);

  function ask(key: ShownApiKey) {
    setChosen(key);
    setHeir(null);
    setAsking(true);
  }

  function revoke({ id, name }: ShownApiKey) {
    const done = () => {
      const next = buttons.beside(id) ?? heading();
      setHeir(next);
      close();
      // Here already, for a dialog that stepped aside has given the focus back to a button that goes.
      next?.focus();
      show({ message: `${name} is revoked.` });
    };
    run(() => revokeApiKey(id), { done });
  }

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
        <AskFirst
          open={isAsking && !isAside}
          onClose={close}
          title={`Revoke ${chosen.name}?`}
          verb="Revoke"
          isBusy={isBusy}
          onAgree={() => revoke(chosen)}
          returnFocus={heir ? () => heir : undefined}
        >
          Programs that use {chosen.mark} stop working within a second. This cannot be undone.
        </AskFirst>
      ) : null}
    </>
  );
}

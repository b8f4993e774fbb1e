"use client";

import { useState } from "react";
import { useToasts } from "@/app/_ui/toasts";
import { AskFirst } from "@/app/settings/ask-first";
import { useChange } from "@/app/settings/use-change";
import { revokeApiKey } from "@/lib/client/api-key-client";
import { ApiKeyRow } from "./api-key-row";
import type { ShownApiKey } from "./shown-api-key";

export interface ApiKeyListProps {
  keys: readonly ShownApiKey[];
  /** Where the focus goes when a key is gone. */
  heading: () => HTMLElement | null;
}

/** The keys there are. Revoking one asks first, by its name. */
export function ApiKeyList({ keys, heading }: ApiKeyListProps) {
  const { show } = useToasts();
  const { isBusy, isAside, run } = useChange();
  const [chosen, setChosen] = useState<ShownApiKey | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isRevoked, setRevoked] = useState(false);
  const close = () => setAsking(false);

  function ask(key: ShownApiKey) {
    setChosen(key);
    setRevoked(false);
    setAsking(true);
  }

  function revoke({ id, name }: ShownApiKey) {
    const done = () => {
      setRevoked(true);
      close();
      show({ message: `${name} is revoked.` });
    };
    run(() => revokeApiKey(id), { done });
  }

  return (
    <>
      {keys.length > 0 ? (
        <ul aria-label="API keys">
          {keys.map((key) => (
            <ApiKeyRow key={key.id} apiKey={key} onRevoke={() => ask(key)} />
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
          returnFocus={isRevoked ? heading : undefined}
        >
          Programs that use {chosen.mark} stop working within a second. This cannot be undone.
        </AskFirst>
      ) : null}
    </>
  );
}

"use client";

import { useState } from "react";
import { AskFirst } from "@/app/settings/ask-first";
import { useChange } from "@/app/settings/use-change";
import { useRemoval } from "@/app/settings/use-removal";
import { useRowButtons } from "@/app/settings/use-row-buttons";
import { useSectionHeading } from "@/app/settings/use-section-heading";
import { deletePasskey } from "@/lib/client/passkey-client";
import { PasskeyRow, type ShownPasskey } from "./passkey-row";
import { RenamePasskey } from "./rename-passkey";

/** The passkeys there are. Removing one asks first. */
export function PasskeyList({ passkeys }: { passkeys: readonly ShownPasskey[] }) {
  const { part, heading } = useSectionHeading<HTMLDivElement>();
  const [renamed, setRenamed] = useState<ShownPasskey | null>(null);
  const [isRenaming, setRenaming] = useState(false);
  const buttons = useRowButtons(passkeys.map(({ id }) => id));
  const { ask, chosen, question } = useRemoval<ShownPasskey>(useChange(), {
    remove: ({ id }) => deletePasskey(id),
    nextFocus: ({ id }) => buttons.beside(id) ?? heading(),
    words: ({ name }) => `${name} is removed. Your device may still list it.`,
  });

  function rename(passkey: ShownPasskey) {
    setRenamed(passkey);
    setRenaming(true);
  }

  return (
    <div ref={part}>
      {passkeys.length > 0 ? (
        <ul aria-label="Passkeys" className="mt-3">
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              onRename={() => rename(passkey)}
              onRemove={() => ask(passkey)}
              removeButton={buttons.keep(passkey.id)}
            />
          ))}
        </ul>
      ) : null}
      {renamed ? (
        <RenamePasskey
          key={renamed.id}
          open={isRenaming}
          onClose={() => setRenaming(false)}
          passkey={renamed}
          onRenamed={(name) => {
            setRenamed({ ...renamed, name });
            setRenaming(false);
          }}
        />
      ) : null}
      {chosen ? (
        <AskFirst {...question} title={`Remove ${chosen.name}?`} verb="Remove">
          It will no longer sign you in. You can add it again later.
        </AskFirst>
      ) : null}
    </div>
  );
}

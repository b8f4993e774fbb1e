"use client";

import { useState } from "react";
import { useToasts } from "@/app/_ui/toasts";
import { AskFirst } from "@/app/settings/ask-first";
import { useChange } from "@/app/settings/use-change";
import { useRowButtons } from "@/app/settings/use-row-buttons";
import { useSectionHeading } from "@/app/settings/use-section-heading";
import { removePasskey } from "@/lib/client/passkey-client";
import { PasskeyRow, type ShownPasskey } from "./passkey-row";
import { RenamePasskey } from "./rename-passkey";

/** The passkeys there are. Removing one asks first. */
export function PasskeyList({ passkeys }: { passkeys: readonly ShownPasskey[] }) {
  const { part, heading } = useSectionHeading<HTMLDivElement>();
  const { show } = useToasts();
  const { isBusy, isAside, run } = useChange();
  const [chosen, setChosen] = useState<ShownPasskey | null>(null);
  const [dialog, setDialog] = useState<"rename" | "remove" | null>(null);
  const buttons = useRowButtons(passkeys.map(({ id }) => id));
  const [heir, setHeir] = useState<HTMLElement | null>(null);
  const close = () => setDialog(null);

  function choose(passkey: ShownPasskey, asked: "rename" | "remove") {
    setChosen(passkey);
    setHeir(null);
    setDialog(asked);
  }

  function remove({ id, name }: ShownPasskey) {
    const done = () => {
      const next = buttons.beside(id) ?? heading();
      setHeir(next);
      close();
      // Here already, for a dialog that stepped aside has given the focus back to a button that goes.
      next?.focus();
      show({ message: `${name} is removed. Your device may still list it.` });
    };
    run(() => removePasskey(id), { done });
  }

  return (
    <div ref={part}>
      {passkeys.length > 0 ? (
        <ul aria-label="Passkeys" className="mt-3">
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              onRename={() => choose(passkey, "rename")}
              onRemove={() => choose(passkey, "remove")}
              removeButton={buttons.keep(passkey.id)}
            />
          ))}
        </ul>
      ) : null}
      {chosen ? (
        <>
          <RenamePasskey
            key={chosen.id}
            open={dialog === "rename"}
            onClose={close}
            passkey={chosen}
          />
          <AskFirst
            open={dialog === "remove" && !isAside}
            onClose={close}
            title={`Remove ${chosen.name}?`}
            verb="Remove"
            isBusy={isBusy}
            onAgree={() => remove(chosen)}
            returnFocus={heir ? () => heir : undefined}
          >
            It will no longer sign you in. You can add it again later.
          </AskFirst>
        </>
      ) : null}
    </div>
  );
}

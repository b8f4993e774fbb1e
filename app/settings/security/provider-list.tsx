"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { AskFirst } from "@/app/settings/ask-first";
import { SettingRow } from "@/app/settings/setting-row";
import { useChange } from "@/app/settings/use-change";
import { useSectionHeading } from "@/app/settings/use-section-heading";
import { beginLink, removeLink } from "@/lib/client/security-client";

export interface ShownProvider {
  id: string;
  name: string;
  isLinked: boolean;
}

export interface ProviderListProps {
  providers: readonly ShownProvider[];
  /** Whether the one that is linked is all there is, so that it has to stay. */
  isLastWayIn: boolean;
}

/** GitHub and Google, as far as this site knows them: linked or not. */
export function ProviderList({ providers, isLastWayIn }: ProviderListProps) {
  const { part, heading } = useSectionHeading<HTMLDivElement>();
  const { show } = useToasts();
  const { isBusy, isAside, run } = useChange();
  const [chosen, setChosen] = useState<ShownProvider | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [isRemoved, setRemoved] = useState(false);
  const close = () => setAsking(false);

  function ask(provider: ShownProvider) {
    setChosen(provider);
    setRemoved(false);
    setAsking(true);
  }

  function unlink({ id, name }: ShownProvider) {
    const done = () => {
      setRemoved(true);
      close();
      // Here already, for a dialog that stepped aside has given the focus back to a button that goes.
      heading()?.focus();
      show({ message: `${name} is unlinked.` });
    };
    run(() => removeLink(id), { done });
  }

  return (
    <div ref={part} className="flex flex-col gap-4">
      {providers.map((provider) => (
        <SettingRow
          key={provider.id}
          label={provider.name}
          description={descriptionOf(provider, isLastWayIn)}
        >
          {provider.isLinked ? (
            <UnlinkButton
              provider={provider}
              isLastWayIn={isLastWayIn}
              onAsk={() => ask(provider)}
            />
          ) : (
            <Button
              aria-disabled={isBusy}
              onClick={() =>
                run(() => beginLink(provider.id), { done: (url) => window.location.assign(url) })
              }
            >
              Link {provider.name}
            </Button>
          )}
        </SettingRow>
      ))}
      {chosen ? (
        <AskFirst
          open={isAsking && !isAside}
          onClose={close}
          title={`Unlink ${chosen.name}?`}
          verb="Unlink"
          isBusy={isBusy}
          onAgree={() => unlink(chosen)}
          returnFocus={isRemoved ? heading : undefined}
        >
          It will no longer sign you in here. Your {chosen.name} account itself stays as it is.
        </AskFirst>
      ) : null}
    </div>
  );
}

function UnlinkButton(props: { provider: ShownProvider; isLastWayIn: boolean; onAsk: () => void }) {
  return props.isLastWayIn ? null : (
    <Button onClick={props.onAsk}>Unlink {props.provider.name}</Button>
  );
}

function descriptionOf({ isLinked }: ShownProvider, isLastWayIn: boolean): string {
  if (!isLinked) return "Not linked";
  return isLastWayIn
    ? "Linked. It is your only way in: set a password or add a passkey before you unlink it."
    : "Linked";
}

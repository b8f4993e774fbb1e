"use client";

import { Button } from "@/app/_ui/button";
import { AskFirst } from "@/app/settings/ask-first";
import { SettingRow } from "@/app/settings/setting-row";
import { useChange } from "@/app/settings/use-change";
import { useRemoval } from "@/app/settings/use-removal";
import { useSectionHeading } from "@/app/settings/use-section-heading";
import { beginLink, unlinkProvider } from "@/lib/client/security-client";
import type { Provider } from "@/lib/operations/sign-in-ways";

export interface ShownProvider {
  id: Provider;
  name: string;
  isLinked: boolean;
}

export interface ProviderListProps {
  providers: readonly ShownProvider[];
  /** Whether the one that is linked is all there is, so that it has to stay. */
  isLastWayIn: boolean;
  /** Whether passkeys can work at this address. */
  canAddPasskeys: boolean;
}

/** GitHub and Google, as far as this site knows them: linked or not. */
export function ProviderList({ providers, isLastWayIn, canAddPasskeys }: ProviderListProps) {
  const { part, heading } = useSectionHeading<HTMLDivElement>();
  const change = useChange();
  const { ask, chosen, question } = useRemoval<ShownProvider>(change, {
    remove: ({ id }) => unlinkProvider(id),
    nextFocus: heading,
    words: ({ name }) => `${name} is unlinked.`,
  });

  function link({ id }: ShownProvider) {
    change.run(() => beginLink(id), { done: (url) => window.location.assign(url) });
  }

  return (
    <div ref={part} className="flex flex-col gap-4">
      {providers.map((provider) => (
        <SettingRow
          key={provider.id}
          label={provider.name}
          description={descriptionOf(provider, isLastWayIn, canAddPasskeys)}
        >
          {provider.isLinked ? (
            <UnlinkButton
              provider={provider}
              isLastWayIn={isLastWayIn}
              onAsk={() => ask(provider)}
            />
          ) : (
            <Button aria-disabled={change.isBusy} onClick={() => link(provider)}>
              Link {provider.name}
            </Button>
          )}
        </SettingRow>
      ))}
      {chosen ? (
        <AskFirst {...question} title={`Unlink ${chosen.name}?`} verb="Unlink">
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

function descriptionOf(
  { isLinked }: ShownProvider,
  isLastWayIn: boolean,
  canAddPasskeys: boolean,
): string {
  if (!isLinked || !isLastWayIn) {
    return isLinked ? "Linked" : "Not linked";
  }
  const another = canAddPasskeys ? "set a password or add a passkey" : "set a password";
  return `Linked. It is your only way in: ${another} before you unlink it.`;
}

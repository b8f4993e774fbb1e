"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { beginProviderSignIn } from "@/lib/client/account-client";
import { canUsePasskeys } from "@/lib/client/passkey-client";
import { type Provider, providerNames } from "@/lib/sign-in-providers";
import { ProviderMark } from "./provider-mark";

export interface OtherWaysProps {
  providers: readonly Provider[];
  next: string;
  /** Left out where a passkey is of no use. */
  onPasskey?: () => void;
  onFailure: (error: unknown) => void;
}

/** The ways in besides a password: a passkey, and providers. */
export function OtherWays({ providers, next, onPasskey, onFailure }: OtherWaysProps) {
  const hydrated = useHydrated();
  const [leavingFor, setLeavingFor] = useState<Provider | null>(null);
  const hasPasskeys = onPasskey !== undefined && (!hydrated || canUsePasskeys());
  if (!hasPasskeys && providers.length === 0) {
    return null;
  }

  async function begin(provider: Provider) {
    if (leavingFor) {
      return;
    }
    setLeavingFor(provider);
    try {
      window.location.assign(await beginProviderSignIn(provider, next));
    } catch (error) {
      setLeavingFor(null);
      onFailure(error);
    }
  }

  const look = "min-h-10 disabled:opacity-100";
  return (
    <div className="mt-5 flex flex-col gap-3">
      <p className="flex items-center gap-3 text-meta text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {hasPasskeys ? (
        <Button onClick={onPasskey} disabled={!hydrated} className={look}>
          <Fingerprint aria-hidden="true" className="size-4" strokeWidth={1.75} />
          Use a passkey
        </Button>
      ) : null}
      {providers.map((provider) => (
        <Button
          key={provider}
          onClick={() => begin(provider)}
          disabled={!hydrated}
          aria-disabled={leavingFor !== null}
          className={look}
        >
          <ProviderMark provider={provider} />
          Continue with {providerNames[provider]}
        </Button>
      ))}
    </div>
  );
}

"use client";

import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { beginProviderSignIn } from "@/lib/client/account-client";
import { canUsePasskeys } from "@/lib/client/passkey-client";
import { type Provider, providerNames } from "@/lib/operations/sign-in-ways";

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

const marks: Record<Provider, string> = {
  github:
    "M12 0C5.37 0 0 5.37 0 12c0 5.31 3.435 9.795 8.205 11.385.6.105.825-.255.825-.57 0-.285-.015-1.23-.015-2.235-3.015.555-3.795-.735-4.035-1.41-.135-.345-.72-1.41-1.23-1.695-.42-.225-1.02-.78-.015-.795.945-.015 1.62.87 1.845 1.23 1.08 1.815 2.805 1.305 3.495.99.105-.78.42-1.305.765-1.605-2.67-.3-5.46-1.335-5.46-5.925 0-1.305.465-2.385 1.23-3.225-.12-.3-.54-1.53.12-3.18 0 0 1.005-.315 3.3 1.23.96-.27 1.98-.405 3-.405s2.04.135 3 .405c2.295-1.56 3.3-1.23 3.3-1.23.66 1.65.24 2.88.12 3.18.765.84 1.23 1.905 1.23 3.225 0 4.605-2.805 5.625-5.475 5.925.435.375.81 1.095.81 2.22 0 1.605-.015 2.895-.015 3.3 0 .315.225.69.825.57A12.02 12.02 0 0 0 24 12c0-6.63-5.37-12-12-12z",
  google:
    "M12.48 10.92v3.28h7.84c-.24 1.84-.853 3.187-1.787 4.133-1.147 1.147-2.933 2.4-6.053 2.4-4.827 0-8.6-3.893-8.6-8.72s3.773-8.72 8.6-8.72c2.6 0 4.507 1.027 5.907 2.347l2.307-2.307C18.747 1.44 16.133 0 12.48 0 5.867 0 .307 5.387.307 12s5.56 12 12.173 12c3.573 0 6.267-1.173 8.373-3.36 2.16-2.16 2.84-5.213 2.84-7.667 0-.76-.053-1.467-.173-2.053H12.48z",
};

/** The mark of a provider, in the color of the text beside it. */
function ProviderMark({ provider }: { provider: Provider }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-4 fill-current">
      <path d={marks[provider]} />
    </svg>
  );
}

"use client";

import { usePathname } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { beginProviderSignIn } from "@/lib/client/account-client";
import { signOut } from "@/lib/client/auth-client";
import { type Provider, providerNames } from "@/lib/operations/sign-in-ways";
import { signInPath } from "@/lib/operations/site-path";
import { leave } from "./leave";

interface SignInAgainButtonsProps {
  providers: readonly Provider[];
  hasPasskey: boolean;
  onFailure: (error: unknown) => void;
}

/** For a person who has no password: the ways to sign in again, which lead back to this page. */
export function SignInAgainButtons({ providers, hasPasskey, onFailure }: SignInAgainButtonsProps) {
  const pathname = usePathname();

  async function signInWith(provider: Provider) {
    try {
      window.location.assign(await beginProviderSignIn(provider, pathname));
    } catch (error) {
      onFailure(error);
    }
  }

  async function signInAnew() {
    try {
      await signOut();
      leave(signInPath(pathname));
    } catch (error) {
      onFailure(error);
    }
  }

  if (providers.length === 0 && hasPasskey) {
    return null;
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted">
        Sign in again{hasPasskey ? ", or use a passkey" : ""}. You come back to this page and can
        then do it.
      </p>
      {providers.map((provider) => (
        <Button key={provider} onClick={() => signInWith(provider)}>
          Sign in with {providerNames[provider]}
        </Button>
      ))}
      {providers.length === 0 ? <Button onClick={signInAnew}>Sign in again</Button> : null}
    </div>
  );
}

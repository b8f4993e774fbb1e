import "server-only";
import type { ReactNode } from "react";
import { listPasskeys } from "@/lib/account/passkeys";
import { getSignInMethods } from "@/lib/account/sign-in-methods";
import { features } from "@/lib/auth/features";
import { ConfirmIdentityProvider } from "./confirm-identity";

export interface ConfirmIdentityBoundaryProps {
  user: { id: string; email: string };
  children: ReactNode;
}

/** Lets everything below ask a person to confirm who they are, in the ways that they have. */
export async function ConfirmIdentityBoundary({ user, children }: ConfirmIdentityBoundaryProps) {
  const [methods, passkeys] = await Promise.all([getSignInMethods(user.id), listPasskeys(user.id)]);
  return (
    <ConfirmIdentityProvider
      user={{ id: user.id, email: user.email }}
      hasPassword={methods.hasPassword}
      hasPasskey={passkeys.length > 0}
      providers={methods.providers.filter((provider) => features.providers.includes(provider))}
    >
      {children}
    </ConfirmIdentityProvider>
  );
}

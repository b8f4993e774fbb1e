"use client";

import { useState } from "react";
import { Banner } from "@/app/_ui/banner";
import { confirmIdentity, type SecondStepCode } from "@/lib/client/account-client";
import { ApiError } from "@/lib/client/api-error";
import { canUsePasskeys } from "@/lib/client/passkey-client";
import { canHavePasskeys, type Provider } from "@/lib/operations/sign-in-ways";
import { ConfirmIdentityCode } from "./confirm-identity-code";
import { describeFailure } from "./explain-failure";
import { PasskeyButton } from "./passkey-button";
import { PasswordProof } from "./password-proof";
import { SignInAgainButtons } from "./sign-in-again-buttons";

/** Who the person is, and how they can prove it. */
export interface WaysToConfirm {
  user: { id: string; email: string };
  hasPassword: boolean;
  hasPasskey: boolean;
  /** The linked providers that this site offers. */
  providers: readonly Provider[];
}

interface ConfirmIdentityWaysProps extends WaysToConfirm {
  /** Of the form that is shown, for the button outside it. */
  formId: string;
  onConfirmed: () => void;
  onBusy: (isBusy: boolean) => void;
}

/** A right password that waits for the second step, which an app does or a passkey. */
type SecondStep = { password: string; hasApp: boolean };

/** All ways to confirm who one is. They start over each time they are shown. */
export function ConfirmIdentityWays({
  formId,
  user,
  hasPassword,
  hasPasskey: hasAnyPasskey,
  providers,
  onConfirmed,
  onBusy,
}: ConfirmIdentityWaysProps) {
  const hasPasskey = hasAnyPasskey && canUsePasskeys();
  const hasWayHere = hasPassword || hasPasskey || !hasAnyPasskey || providers.length > 0;
  const [problem, setProblem] = useState<string | null>(null);
  const [secondStep, setSecondStep] = useState<SecondStep | null>(null);
  const fail = (error: unknown) => setProblem(describeFailure(error));

  async function prove(password: string, code?: SecondStepCode) {
    await confirmIdentity(password, code);
    onConfirmed();
  }

  async function provePassword(password: string) {
    try {
      await prove(password);
    } catch (error) {
      const hasApp = wantsCode(error);
      if (!hasApp && !wantsPasskey(error)) {
        throw error;
      }
      setSecondStep({ password, hasApp });
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <div aria-live="polite" className={secondStep ? "" : "sr-only"}>
        {secondStep ? <p>{secondStepWords(secondStep, hasPasskey)}</p> : null}
      </div>
      {hasPassword && !secondStep ? (
        <PasswordProof id={formId} email={user.email} prove={provePassword} onBusy={onBusy} />
      ) : null}
      {secondStep ? (
        <ConfirmIdentityCode
          id={formId}
          hasApp={secondStep.hasApp}
          prove={(code) => prove(secondStep.password, code)}
          onBusy={onBusy}
        />
      ) : null}
      <div aria-live="polite" className={problem ? "" : "sr-only"}>
        {problem ? <Banner tone="error">{problem}</Banner> : null}
      </div>
      {hasPasskey ? (
        <PasskeyButton userId={user.id} onConfirmed={onConfirmed} onFailure={fail} />
      ) : null}
      {hasWayHere ? null : <p>{elsewhereWords(window.location)}</p>}
      {hasPassword || !hasWayHere ? null : (
        <SignInAgainButtons providers={providers} hasPasskey={hasPasskey} onFailure={fail} />
      )}
    </div>
  );
}

function elsewhereWords(location: Location): string {
  return canHavePasskeys(location)
    ? "You sign in with passkeys, which do not work in this browser. Open this site in another browser. Sign in there and try again."
    : `You sign in with passkeys, which do not work at ${location.host}. Open this site by its name over https, or at localhost on the computer it runs on. Sign in there and try again.`;
}

function secondStepWords({ hasApp }: SecondStep, hasPasskey: boolean): string {
  if (hasApp) {
    return "Your password is right. Two-step sign-in is on, so a code is needed as well.";
  }
  return hasPasskey
    ? "Your password is right. Your second step is a passkey: use it, or one of your recovery codes."
    : "Your password is right. Your passkey does not work here, so use one of your recovery codes.";
}

function wantsCode(error: unknown): boolean {
  return error instanceof ApiError && error.errors.some(({ pointer }) => pointer === "/code");
}

function wantsPasskey(error: unknown): boolean {
  return error instanceof ApiError && error.code === "conflict";
}

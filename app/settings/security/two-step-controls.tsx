"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { AskFirst } from "@/app/settings/ask-first";
import { SettingRow } from "@/app/settings/setting-row";
import { SettingsSection } from "@/app/settings/settings-section";
import { type ChangeRunner, useChange } from "@/app/settings/use-change";
import { useRemoval } from "@/app/settings/use-removal";
import { useSectionHeading } from "@/app/settings/use-section-heading";
import {
  type Authenticator,
  beginAuthenticatorApp,
  renewRecoveryCodes,
  turnOffTwoStep,
  turnOnPasskeyStep,
} from "@/lib/client/security-client";
import { AuthenticatorDialog } from "./authenticator-dialog";
import { RecoveryCodesDialog } from "./recovery-codes-dialog";
import { TwoStepOn } from "./two-step-on";

interface TwoStepControlsProps {
  enabled: boolean;
  authenticatorApp: boolean;
  recoveryCodesLeft: number;
  hasPasskey: boolean;
  /** Whether passkeys can work at this address. */
  canAddPasskeys: boolean;
}

type Step = "authenticator" | "codes" | "renew";

/** Whether sign-in asks for a second proof, with what, and the ways to change that. */
export function TwoStepSection(props: TwoStepControlsProps) {
  return (
    <SettingsSection
      title="Two-step sign-in"
      description="A second proof after the password, so that a stolen password alone opens nothing."
    >
      <TwoStepControls {...props} />
    </SettingsSection>
  );
}

/** The second step as it is set up, and the dialogs that change it, one at a time. */
export function TwoStepControls(props: TwoStepControlsProps) {
  const { part, heading } = useSectionHeading<HTMLDivElement>();
  const change = useChange();
  const { isShown, ask, begin, showCodes, close, authenticator, codes } = useSteps(change);
  const turningOff = useRemoval<"two-step">(change, {
    remove: turnOffTwoStep,
    nextFocus: heading,
    words: () => "Two-step sign-in is off.",
  });

  return (
    <div ref={part} className="flex flex-col gap-4">
      {props.enabled ? (
        <TwoStepOn
          {...props}
          onAddAuthenticator={begin}
          onRenew={() => ask("renew")}
          onTurnOff={() => turningOff.ask("two-step")}
        />
      ) : (
        <TwoStepOff
          hasPasskey={props.hasPasskey && props.canAddPasskeys}
          onAuthenticator={begin}
          onPasskey={() => change.run(turnOnPasskeyStep, { done: showCodes })}
        />
      )}
      <AuthenticatorDialog
        open={isShown("authenticator")}
        onClose={close}
        authenticator={authenticator}
        change={change}
        onDone={showCodes}
      />
      <RecoveryCodesDialog
        open={isShown("codes")}
        onClose={close}
        codes={codes}
        returnFocus={heading}
      />
      <AskFirst
        open={isShown("renew")}
        onClose={close}
        title="Make new recovery codes?"
        verb="Make new codes"
        isBusy={change.isBusy}
        onAgree={() => change.run(renewRecoveryCodes, { done: showCodes })}
      >
        The codes you have now stop working.
      </AskFirst>
      <AskFirst {...turningOff.question} title="Turn off two-step sign-in?" verb="Turn off">
        Your password alone will open the account. The recovery codes and the link to your
        authenticator app are removed; passkeys stay.
      </AskFirst>
    </div>
  );
}

/** Which dialog is open, and what it shows. */
function useSteps(change: ChangeRunner) {
  const [step, setStep] = useState<Step | null>(null);
  const [authenticator, setAuthenticator] = useState<Authenticator | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);

  function showCodes(made: readonly string[]) {
    setCodes(made);
    setStep("codes");
  }

  function begin() {
    const done = (begun: Authenticator) => {
      setAuthenticator(begun);
      setStep("authenticator");
    };
    change.run(beginAuthenticatorApp, { done });
  }

  return {
    isShown: (asked: Step) => step === asked && !change.isAside,
    ask: setStep,
    begin,
    showCodes,
    close: () => setStep(null),
    authenticator,
    codes,
  };
}

interface TwoStepOffProps {
  hasPasskey: boolean;
  onAuthenticator: () => void;
  onPasskey: () => void;
}

/** Two-step sign-in that is off, and the ways to turn it on. */
function TwoStepOff({ hasPasskey, onAuthenticator, onPasskey }: TwoStepOffProps) {
  return (
    <SettingRow label="Off" description="Your password alone opens the account.">
      <div className="flex flex-wrap gap-2">
        <Button onClick={onAuthenticator}>Turn on with an authenticator app</Button>
        {hasPasskey ? <Button onClick={onPasskey}>Turn on with passkeys</Button> : null}
      </div>
    </SettingRow>
  );
}

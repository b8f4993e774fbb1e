"use client";

import { useState } from "react";
import { useConfirmedAction } from "@/app/_account/confirm-identity";
import { explainFailure } from "@/app/_account/explain-failure";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { StepHeading } from "@/app/(auth)/step-heading";
import { approveDevice, denyDevice, type WaitingDevice } from "@/lib/client/device-client";
import { DeviceFacts } from "./device-facts";
import type { OutcomeKind } from "./outcome";

export interface ConsentProps {
  code: string;
  device: WaitingDevice;
  email: string;
  onDone: (outcome: OutcomeKind) => void;
  onBack: () => void;
}

/** What a device asks for and who asks. The focus is on neither answer, but on the question. */
export function Consent({ code, device, email, onDone, onBack }: ConsentProps) {
  const confirmed = useConfirmedAction();
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);

  async function answer(outcome: OutcomeKind) {
    if (isSending) {
      return;
    }
    setSending(true);
    setProblem(null);
    try {
      await (outcome === "approved" ? confirmed(() => approveDevice(code)) : denyDevice(code));
      onDone(outcome);
    } catch (error) {
      setSending(false);
      setProblem(explainFailure(error, []).form ?? null);
    }
  }

  return (
    <>
      <StepHeading isNew>Let this device in?</StepHeading>
      <p className="mt-3 mb-6">
        Only go on if you started this yourself, just now. If somebody sent you the code, refuse:
        they would get into your account.
      </p>
      <DeviceFacts device={device} email={email} />
      <div aria-live="polite" className={problem ? "mt-6" : "sr-only"}>
        {problem ? <Banner tone="error">{problem}</Banner> : null}
        {isSending ? <span className="sr-only">Sending your answer</span> : null}
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button
          variant="primary"
          onClick={() => answer("approved")}
          aria-disabled={isSending}
          className="min-h-10"
        >
          Let it in
        </Button>
        <Button onClick={() => answer("denied")} aria-disabled={isSending} className="min-h-10">
          Refuse
        </Button>
        <Button variant="quiet" onClick={onBack} className="min-h-10">
          Another code
        </Button>
      </div>
    </>
  );
}

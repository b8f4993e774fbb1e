"use client";

import { useState } from "react";
import { StepHeading } from "@/app/(auth)/step-heading";
import { findDevice, type WaitingDevice } from "@/lib/client/device-client";
import { CodeForm } from "./code-form";
import { Consent } from "./consent";
import { Outcome, type OutcomeKind } from "./outcome";

type Step =
  | { kind: "code"; isNew: boolean }
  | { kind: "consent"; device: WaitingDevice }
  | { kind: "done"; outcome: OutcomeKind; clientId: string };

export interface DeviceProps {
  /** The code of the address, which the person still has to confirm. */
  code: string;
  email: string;
}

/** Letting a device in: its code, what it asks for, and what came of it. */
export function Device({ code: given, email }: DeviceProps) {
  const [code, setCode] = useState(given);
  const [step, setStep] = useState<Step>({ kind: "code", isNew: false });

  async function find(typed: string) {
    const device = await findDevice(typed);
    setCode(typed);
    setStep({ kind: "consent", device });
  }

  if (step.kind === "done") {
    return <Outcome kind={step.outcome} clientId={step.clientId} />;
  }
  if (step.kind === "consent") {
    const { device } = step;
    return (
      <Consent
        code={code}
        device={device}
        email={email}
        onDone={(outcome) => setStep({ kind: "done", outcome, clientId: device.clientId })}
        onBack={() => setStep({ kind: "code", isNew: true })}
      />
    );
  }
  return (
    <>
      <StepHeading isNew={step.isNew}>Let a device in</StepHeading>
      <p className="mt-1 mb-8 text-muted">
        Enter the code that your device or tool shows. Only go on if you started this yourself.
      </p>
      <CodeForm code={code} hasFocus={!step.isNew} onCode={find} />
    </>
  );
}

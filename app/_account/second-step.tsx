"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import type { SecondStepMethod } from "@/lib/client/auth-client";
import { canUsePasskeys } from "@/lib/client/passkey-client";
import { SecondStepForm } from "./second-step-form";

export interface SecondStepProps {
  /** The ways that the account has, the best first. */
  methods: readonly SecondStepMethod[];
  onDone: () => void;
  /** Back to address and password. */
  onBack: () => void;
}

const words: Record<SecondStepMethod, string> = {
  "app-code": "Use the authenticator app",
  passkey: "Use a passkey",
  "recovery-code": "Use a recovery code",
};

/** The second step of a sign-in, in one of the ways that the account has. */
export function SecondStep({ methods: all, onDone, onBack }: SecondStepProps) {
  const methods = all.filter((method) => method !== "passkey" || canUsePasskeys());
  const [method, setMethod] = useState<SecondStepMethod>(methods[0] ?? "recovery-code");
  return (
    <div>
      <SecondStepForm key={method} method={method} onDone={onDone} />
      <div className="mt-5 flex flex-col gap-3">
        {methods
          .filter((other) => other !== method)
          .map((other) => (
            <Button key={other} onClick={() => setMethod(other)} className="min-h-10">
              {words[other]}
            </Button>
          ))}
        <Button variant="quiet" onClick={onBack} className="min-h-10">
          Back
        </Button>
      </div>
    </div>
  );
}

"use client";

import type { ReactNode } from "react";
import { Banner } from "@/app/_ui/banner";
import type { AuthFormState } from "./use-auth-form";

export interface ProofFormProps {
  /** Of the form, for the button outside it. */
  id: string;
  form: AuthFormState;
  children: ReactNode;
}

/** A form in a dialog that asks who is there. Its button stands in the dialog's foot. */
export function ProofForm({ id, form, children }: ProofFormProps) {
  const { ref, problem, submit } = form;
  return (
    <form
      ref={ref}
      id={id}
      method="post"
      noValidate
      onSubmit={submit}
      className="flex flex-col gap-4"
    >
      <div aria-live="polite" className={problem.form ? "" : "sr-only"}>
        {problem.form ? <Banner tone="error">{problem.form}</Banner> : null}
      </div>
      {children}
    </form>
  );
}

/** Tells when work begins and ends, for that button. */
export async function whileBusy(
  onBusy: (isBusy: boolean) => void,
  work: () => Promise<void>,
): Promise<void> {
  onBusy(true);
  try {
    await work();
  } finally {
    onBusy(false);
  }
}

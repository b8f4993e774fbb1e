"use client";

import type { ReactNode } from "react";
import { StepHeading } from "./step-heading";

/** What is said of a link that does not work, with the way on. */
export function DeadLink({ isNew = false, children }: { isNew?: boolean; children: ReactNode }) {
  return (
    <>
      <StepHeading isNew={isNew}>This link does not work</StepHeading>
      <p className="mt-3 mb-6">
        A link works once, and for an hour. It may also have been cut short on its way here.
      </p>
      {children}
    </>
  );
}

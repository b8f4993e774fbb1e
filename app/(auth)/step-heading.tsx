"use client";

import { type ReactNode, useLayoutEffect, useRef } from "react";

export interface StepHeadingProps {
  children: ReactNode;
  /** Whether it came in place of another step, and so takes the focus. */
  isNew?: boolean;
}

/** The heading of a page, or of the step that takes the place of the one before. */
export function StepHeading({ children, isNew = false }: StepHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useLayoutEffect(() => {
    if (isNew) {
      heading.current?.focus();
    }
  }, [isNew]);

  return (
    <h1 ref={heading} tabIndex={-1} className="text-title font-semibold outline-none">
      {children}
    </h1>
  );
}

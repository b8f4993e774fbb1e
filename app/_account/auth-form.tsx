"use client";

import { type ReactNode, useLayoutEffect } from "react";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { giveForeignElementsBack, own, ownHolder } from "@/app/_ui/foreign-elements";
import { useHydrated } from "@/app/_ui/use-hydrated";
import type { AuthFormState } from "./use-auth-form";

export interface AuthFormProps {
  form: AuthFormState;
  verb: string;
  busy: string;
  /** What helps with the problem of the whole form. */
  remedy?: ReactNode;
  /** Whether the button takes the focus as the form appears. */
  verbHasFocus?: boolean;
  children: ReactNode;
}

/**
 * The frame of a form with one button. It posts and cannot be sent before React runs, so that
 * nothing typed reaches a URL. The button keeps the focus while the form is on its way.
 */
export function AuthForm({ form, verb, busy, remedy, verbHasFocus, children }: AuthFormProps) {
  const hydrated = useHydrated();
  const { problem, isSending, ref } = form;
  useLayoutEffect(() => {
    if (ref.current) {
      giveForeignElementsBack(ref.current);
    }
  }, [ref]);
  return (
    <form
      ref={ref}
      {...ownHolder}
      method="post"
      noValidate
      onSubmit={form.submit}
      className="flex flex-col gap-5"
    >
      <div {...own} aria-live="polite" className={problem.form ? "" : "sr-only"}>
        {problem.form ? (
          <Banner tone="error">
            {problem.form}
            {remedy}
          </Banner>
        ) : null}
        {isSending ? <span className="sr-only">{busy}</span> : null}
      </div>
      {children}
      <Button
        {...own}
        type="submit"
        variant="primary"
        autoFocus={verbHasFocus}
        disabled={!hydrated}
        aria-disabled={isSending}
        className="min-h-10 disabled:opacity-100"
      >
        {isSending ? busy : verb}
      </Button>
    </form>
  );
}

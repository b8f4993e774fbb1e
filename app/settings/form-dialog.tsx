"use client";

import { type ReactNode, useId } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import type { DialogForm } from "./use-dialog-form";

export interface FormDialogProps {
  open: boolean;
  title: string;
  description?: ReactNode;
  verb: string;
  form: Pick<
    DialogForm<object, string>,
    "ref" | "submit" | "close" | "isAside" | "isBusy" | "isEdited"
  >;
  /** What stands before the form. */
  before?: ReactNode;
  /** The fields. */
  children: ReactNode;
}

/** A dialog around one form, with Cancel and the verb that sends it. */
export function FormDialog(props: FormDialogProps) {
  const { open, title, description, verb, form, before, children } = props;
  const id = useId();
  return (
    <Dialog
      open={open && !form.isAside}
      onClose={form.close}
      isHolding={form.isEdited}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={form.close}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} aria-disabled={form.isBusy}>
            {verb}
          </Button>
        </>
      }
    >
      {before}
      <form
        id={id}
        ref={form.ref}
        method="post"
        noValidate
        onSubmit={form.submit}
        className={`flex flex-col gap-5 ${before ? "mt-5" : ""}`}
      >
        {children}
      </form>
    </Dialog>
  );
}

"use client";

import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";

export interface AskFirstProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What happens, in words that name what is lost. */
  children: ReactNode;
  verb: string;
  onAgree: () => void;
  isBusy: boolean;
  returnFocus?: (() => HTMLElement | null) | undefined;
}

/** Asks before something is taken away. The focus starts on Cancel. */
export function AskFirst({ children, verb, onAgree, isBusy, ...dialog }: AskFirstProps) {
  return (
    <Dialog
      {...dialog}
      description={children}
      footer={
        <>
          <Button onClick={dialog.onClose}>Cancel</Button>
          <Button variant="danger" onClick={onAgree} aria-disabled={isBusy}>
            {verb}
          </Button>
        </>
      }
    />
  );
}

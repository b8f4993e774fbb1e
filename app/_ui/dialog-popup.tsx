"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { isComposing } from "./is-composing";
import { useOrigin } from "./use-origin";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  /** It holds something that was typed, so a press outside, which may be a slip, does not close it. */
  isHolding?: boolean;
  title: string;
  description?: ReactNode;
  placement?: "center" | "side";
  footer?: ReactNode;
  children?: ReactNode;
  /** Where the focus goes on closing, for what it came from will be gone. */
  returnFocus?: (() => HTMLElement | null) | undefined;
}

const shared =
  "fixed z-40 flex flex-col bg-surface shadow-raised outline-none transition duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0";

const looks = {
  center:
    "inset-x-4 top-[10vh] mx-auto max-h-[80vh] max-w-120 rounded-lg data-ending-style:translate-y-2 data-starting-style:translate-y-2",
  side: "inset-y-0 end-0 w-full data-ending-style:translate-x-4 data-starting-style:translate-x-4 sm:w-112",
};

/** The loaded part of Dialog; import `./dialog` instead. */
export default function DialogPopup({
  open,
  onClose,
  isHolding = false,
  title,
  description,
  placement = "center",
  footer,
  children,
  returnFocus,
}: DialogProps) {
  const origin = useOrigin(open);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next, details) => {
        const isSlip = isHolding && details.reason === "outside-press";
        if (isSlip || isComposing(details.event)) {
          details.cancel();
        } else if (!next) {
          onClose();
        }
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          finalFocus={returnFocus ?? origin}
          className={`${shared} ${looks[placement]}`}
        >
          <Dialog.Title className="ps-5 pe-14 pt-5 pb-2 text-lead font-semibold text-ink">
            {title}
          </Dialog.Title>
          <div className="flex-1 overflow-y-auto px-5 pb-5">
            {description ? (
              <Dialog.Description
                render={<div className={children ? "pb-4 text-muted" : "text-muted"} />}
              >
                {description}
              </Dialog.Description>
            ) : null}
            {children}
          </div>
          {footer ? (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
              {footer}
            </div>
          ) : null}
          {/* Last in the document, so that focus starts on what the dialog is for. */}
          <Dialog.Close
            render={<IconButton icon={X} label="Close" className="absolute end-3 top-4" />}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

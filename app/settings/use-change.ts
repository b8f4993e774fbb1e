"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useConfirmedAction } from "@/app/_account/confirm-identity";
import { describeFailure } from "@/app/_account/explain-failure";
import { IdentityNotConfirmed } from "@/app/_account/identity-not-confirmed";
import { type ToastContent, useToasts } from "@/app/_ui/toasts";
import { PasskeyError } from "@/lib/client/passkey-client";

type Outcome<Result> = {
  /** What follows a success, such as closing a dialog. The page reloads its data by itself. */
  done: (result: Result) => void;
  /** Takes an error that belongs beside a field, and says whether it did. The rest is a toast. */
  explain?: (error: unknown) => boolean;
};

export interface ChangeRunner {
  /** For `aria-disabled`: a button that was disabled would lose the focus. */
  isBusy: boolean;
  /** True while the person confirms who they are: an open dialog steps aside for that one. */
  isAside: boolean;
  /** Does nothing while another change is on its way. */
  run: <Result>(action: () => Promise<Result>, outcome: Outcome<Result>) => Promise<void>;
}

/** Runs a change of what protects the account, confirmed where the server asks for it. */
export function useChange(): ChangeRunner {
  const router = useRouter();
  const { show } = useToasts();
  const confirmed = useConfirmedAction();
  const isRunning = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [isAside, setAside] = useState(false);

  const run: ChangeRunner["run"] = async (action, { done, explain }) => {
    if (isRunning.current) {
      return;
    }
    isRunning.current = true;
    setBusy(true);
    try {
      const result = await confirmed(action, () => setAside(true));
      router.refresh();
      done(result);
    } catch (error) {
      if (!explain?.(error)) {
        show(noticeOf(error));
      }
    } finally {
      isRunning.current = false;
      setBusy(false);
      setAside(false);
    }
  };

  return { isBusy, isAside, run };
}

/** What is said of a failure. Who changed their mind made no error. */
function noticeOf(error: unknown): ToastContent {
  if (error instanceof IdentityNotConfirmed) {
    return { message: error.message };
  }
  if (!(error instanceof PasskeyError)) {
    return { message: describeFailure(error), tone: "error" };
  }
  const { message, reason } = error;
  return reason === "cancelled" ? { message } : { message, tone: "error" };
}

"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { ApiError } from "@/lib/client/api-error";
import { ConfirmIdentityDialog } from "./confirm-identity-dialog";
import type { WaysToConfirm } from "./confirm-identity-ways";
import { IdentityNotConfirmed } from "./identity-not-confirmed";

/** Runs an action, after a person has confirmed who they are where the server asks for it. */
export type ConfirmedAction = <Result>(
  action: () => Promise<Result>,
  /** Called before the dialog opens. */
  onAsk?: () => void,
) => Promise<Result>;

type Waiting = { confirm: () => void; decline: () => void };

const ConfirmedActionContext = createContext<ConfirmedAction | null>(null);

/**
 * Gives `confirmed(action)`. It runs the action; where that throws ApiError `recent_sign_in_required`
 * a dialog lets the person confirm who they are, and the action runs again. The action's other errors
 * are thrown as they are, and IdentityNotConfirmed when the person closes the dialog.
 */
export function useConfirmedAction(): ConfirmedAction {
  const confirmed = useContext(ConfirmedActionContext);
  if (!confirmed) {
    throw new Error("useConfirmedAction needs a ConfirmIdentityProvider above it.");
  }
  return confirmed;
}

/** Holds the dialog in which a person confirms who they are, for everything below. */
export function ConfirmIdentityProvider({
  children,
  ...ways
}: WaysToConfirm & { children: ReactNode }) {
  const [isAsking, setAsking] = useState(false);
  const waiting = useRef<Waiting[]>([]);

  const settle = useCallback((end: keyof Waiting) => {
    const released = waiting.current;
    waiting.current = [];
    setAsking(false);
    for (const entry of released) {
      entry[end]();
    }
  }, []);

  useEffect(() => () => settle("decline"), [settle]);

  const confirmed = useCallback<ConfirmedAction>(async (action, onAsk) => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "recent_sign_in_required") {
        throw error;
      }
    }
    onAsk?.();
    await new Promise<void>((resolve, reject) => {
      waiting.current.push({
        confirm: resolve,
        decline: () => reject(new IdentityNotConfirmed()),
      });
      setAsking(true);
    });
    return action();
  }, []);

  return (
    <ConfirmedActionContext value={confirmed}>
      {children}
      <ConfirmIdentityDialog
        {...ways}
        open={isAsking}
        onConfirmed={() => settle("confirm")}
        onClose={() => settle("decline")}
      />
    </ConfirmedActionContext>
  );
}

import { useCallback, useEffect, useRef } from "react";
import { PasskeyError, signInWithPasskey } from "@/lib/client/passkey-client";

interface PasskeySignInOptions {
  /** Whether the autofill of the field for the address offers passkeys, too. */
  inAutofill: boolean;
  onDone: () => void;
  onFailure: (error: unknown) => void;
}

/**
 * Signing in with a passkey: by the returned function, for a button, and by autofill. A browser
 * holds one ceremony at a time, so after a button that came to nothing the autofill begins again.
 */
export function usePasskeySignIn({ inAutofill, onDone, onFailure }: PasskeySignInOptions) {
  const latest = useRef({ onDone, onFailure, isShown: false });

  useEffect(() => {
    latest.current.onDone = onDone;
    latest.current.onFailure = onFailure;
  });

  const offer = useCallback(async () => {
    try {
      await signInWithPasskey({ conditional: true });
      latest.current.onDone();
    } catch (error) {
      if (latest.current.isShown && wasAskedFor(error)) {
        latest.current.onFailure(error);
      }
    }
  }, []);

  useEffect(() => {
    const { current } = latest;
    current.isShown = true;
    if (inAutofill) {
      void offer();
    }
    return () => {
      current.isShown = false;
    };
  }, [inAutofill, offer]);

  return async () => {
    try {
      await signInWithPasskey();
      onDone();
    } catch (error) {
      onFailure(error);
      if (inAutofill) {
        void offer();
      }
    }
  };
}

function isCancelled(error: unknown): boolean {
  return error instanceof PasskeyError && error.reason === "cancelled";
}

/** Autofill that could not even be offered to somebody who has not touched the page needs no words. */
function wasAskedFor(error: unknown): boolean {
  const isOffered = !(error instanceof PasskeyError && error.reason === "unsupported");
  return isOffered && !isCancelled(error) && navigator.userActivation?.hasBeenActive === true;
}

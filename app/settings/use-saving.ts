import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { describeFailure } from "@/app/_account/explain-failure";
import { useToasts } from "@/app/_ui/toasts";
import { type ProfileChanges, updateProfile } from "@/lib/client/account-client";
import { ApiError } from "@/lib/client/api-error";
import type { SaveStateProps } from "./save-state";
import { useLeaving } from "./use-leaving";

type Outcome =
  | { state: "saving" | "saved" }
  /** The server refuses a value, and would refuse it again. */
  | { state: "refused"; error: ApiError }
  | { state: "failed"; error: unknown };

function merged(all: readonly ProfileChanges[]): ProfileChanges {
  const result: ProfileChanges = {};
  for (const changes of all) {
    Object.assign(result, changes);
  }
  return result;
}

/** The members of a profile that an answer refuses. */
function refusedMembers(error: unknown): string[] {
  return error instanceof ApiError ? error.errors.map(({ pointer }) => pointer.slice(1)) : [];
}

/** Sends changes, one request after the other. What was not stored goes again with the next one. */
function createSaver(tell: (outcome: Outcome) => void) {
  let waiting: readonly ProfileChanges[] = [];
  let isSending = false;

  async function send(): Promise<void> {
    if (isSending || waiting.length === 0) {
      return;
    }
    const sent = waiting;
    isSending = true;
    tell({ state: "saving" });
    try {
      await updateProfile(merged(sent));
      waiting = waiting.slice(sent.length);
      tell({ state: "saved" });
    } catch (error) {
      const refused = refusedMembers(error);
      const kept = waiting.filter((changes) => !refused.some((member) => member in changes));
      if (!(error instanceof ApiError) || kept.length === waiting.length) {
        tell({ state: "failed", error });
        return;
      }
      waiting = kept;
      tell({ state: "refused", error });
    } finally {
      isSending = false;
    }
    await send();
  }

  return {
    save(changes: ProfileChanges) {
      waiting = [...waiting, changes];
      void send();
    },
    retry: () => void send(),
    isUnsaved: () => waiting.length > 0,
  };
}

export interface Saving {
  /** For SaveState. */
  state: SaveStateProps;
  save: (changes: ProfileChanges) => void;
  /** Takes back "Saved", because something new is being typed. */
  edit: () => void;
}

export interface SavingOptions {
  /** What is saved, as it begins a sentence: "Your profile". */
  subject: string;
  onRefused?: (error: ApiError) => void;
}

/**
 * Saves settings as they are changed, with a state to show. What could not
 * be stored can be sent again, also from a toast when the page was left meanwhile.
 */
export function useSaving({ subject, onRefused }: SavingOptions): Saving {
  const router = useRouter();
  const { show } = useToasts();
  const [state, setState] = useState<SaveStateProps>({ state: "idle" });
  const isHere = useRef(true);
  const wasToldElsewhere = useRef(false);
  const latest = useRef({ state, hear });
  useEffect(() => {
    latest.current = { state, hear };
  });
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const [saver] = useState(() => createSaver((outcome) => latest.current.hear(outcome)));

  function hear(outcome: Outcome) {
    if (outcome.state === "saved") {
      // Pages that the router remembers were made with the previous profile.
      router.refresh();
    }
    if (outcome.state === "refused") {
      onRefused?.(outcome.error);
    }
    if (!isHere.current) {
      tellElsewhere(outcome);
    } else if (outcome.state === "failed") {
      setState({ state: "failed", words: describeFailure(outcome.error), onRetry: saver.retry });
    } else {
      setState({ state: outcome.state === "refused" ? "idle" : outcome.state });
    }
  }

  function tellElsewhere(outcome: Outcome) {
    if (outcome.state === "failed") {
      tellOfFailure(describeFailure(outcome.error));
    }
    if (outcome.state === "refused") {
      show({
        tone: "error",
        message: `${subject} is not saved. ${describeFailure(outcome.error)}`,
      });
    }
    if (outcome.state === "saved" && wasToldElsewhere.current) {
      wasToldElsewhere.current = false;
      show({ message: `${subject} is saved.` });
    }
  }

  function tellOfFailure(words: string) {
    wasToldElsewhere.current = true;
    const action = { label: "Try again", onAction: saver.retry };
    show({ tone: "error", message: `${subject} is not saved. ${words}`, action });
  }

  function edit() {
    setState((before) => (before.state === "saved" ? { state: "idle" } : before));
  }

  useLeaving({
    isUnsaved: saver.isUnsaved,
    onLeft() {
      const { state: last } = latest.current;
      if (last.state === "failed") {
        tellOfFailure(last.words ?? "");
      }
    },
  });

  return { state, save: saver.save, edit };
}

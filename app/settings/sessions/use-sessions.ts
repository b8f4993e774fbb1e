import { useRouter } from "next/navigation";
import { useState } from "react";
import { describeFailure } from "@/app/_account/explain-failure";
import { useToasts } from "@/app/_ui/toasts";
import { useRowButtons } from "@/app/settings/use-row-buttons";
import { endOtherSessions, endSession } from "@/lib/client/account-client";
import { ApiError } from "@/lib/client/api-error";
import type { SessionEntry } from "./session-row";

/** A session that is gone already is what the person wanted. */
async function endIfThere(id: string): Promise<void> {
  try {
    await endSession(id);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "not_found") {
      throw error;
    }
  }
}

/** The sessions that are left, and what ends them. Focus goes to a neighbor, never nowhere. */
export function useSessions(sessions: readonly SessionEntry[], headingId: string) {
  const router = useRouter();
  const { show } = useToasts();
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [ending, setEnding] = useState<ReadonlySet<string>>(new Set());
  const shown = sessions.filter(({ id }) => !ended.has(id));
  const buttons = useRowButtons(shown.map(({ id }) => id));

  function focusNeighborOf(id: string) {
    const own = buttons.of(id);
    if (document.activeElement !== own && document.activeElement !== document.body) {
      return;
    }
    (buttons.beside(id) ?? document.getElementById(headingId))?.focus();
  }

  async function end({ id, device }: SessionEntry) {
    if (ending.has(id)) {
      return;
    }
    setEnding((before) => new Set(before).add(id));
    try {
      await endIfThere(id);
      focusNeighborOf(id);
      setEnded((before) => new Set(before).add(id));
      show({ message: `Session ended: ${device}.` });
      router.refresh();
    } catch (error) {
      show({ tone: "error", message: describeFailure(error) });
    } finally {
      setEnding((before) => new Set([...before].filter((other) => other !== id)));
    }
  }

  async function endOthers(): Promise<void> {
    const others = shown.filter((session) => !session.current);
    try {
      await endOtherSessions();
      setEnded((before) => new Set([...before, ...others.map(({ id }) => id)]));
      show({ message: "All other sessions have ended." });
      router.refresh();
    } catch (error) {
      show({ tone: "error", message: describeFailure(error) });
    }
  }

  return { shown, ending, end, endOthers, buttons };
}

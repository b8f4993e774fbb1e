"use client";

import { useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { AskFirst } from "@/app/settings/ask-first";

interface EndOtherSessionsProps {
  count: number;
  onEnd: () => Promise<void>;
  /** Takes the focus when there is nothing left to end. */
  headingId: string;
}

function inWords(count: number): string {
  return count === 1 ? "1 other session" : `${count} other sessions`;
}

/** Ends all sessions but this one, after asking. */
export function EndOtherSessions({ count, onEnd, headingId }: EndOtherSessionsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isAsking, setAsking] = useState(false);
  const [asked, setAsked] = useState(count);
  const [isBusy, setBusy] = useState(false);

  function ask() {
    setAsked(count);
    setAsking(true);
  }

  async function end() {
    setBusy(true);
    await onEnd();
    setBusy(false);
    setAsking(false);
  }

  return (
    <>
      {count > 0 ? (
        <Button ref={button} onClick={ask}>
          End {inWords(count)}
        </Button>
      ) : null}
      <AskFirst
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`End ${inWords(asked)}?`}
        verb={asked === 1 ? "End session" : "End sessions"}
        onAgree={() => void end()}
        isBusy={isBusy}
        returnFocus={() => button.current ?? document.getElementById(headingId)}
      >
        Anyone using {asked === 1 ? "it" : "them"} has to sign in again. This browser stays signed
        in.
      </AskFirst>
    </>
  );
}

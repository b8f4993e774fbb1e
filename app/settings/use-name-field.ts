import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useToasts } from "@/app/_ui/toasts";
import { nameLengthMax } from "@/lib/operations/account-fields";
import { useLeaving } from "./use-leaving";

const saveAfterMilliseconds = 700;

/** Text that cannot be a name, kept for a person who goes back to it. */
let leftBehind: string | null = null;

function checkName(name: string): string | undefined {
  const { length } = Array.from(name);
  if (length === 0) {
    return "Enter a name. Any name will do.";
  }
  if (length <= nameLengthMax) {
    return undefined;
  }
  return `Use at most ${nameLengthMax} characters. This one has ${length}.`;
}

export interface NameField {
  ref: RefObject<HTMLInputElement | null>;
  initial: string;
  problem: string | undefined;
  /** To be called with each keystroke. */
  type: (name: string) => void;
  /** Saves what was typed, or says why it cannot be a name. */
  finish: () => void;
  refuse: (problem: string) => void;
}

/**
 * A name that saves itself shortly after the last keystroke, and at once when its field or the page
 * is left. What cannot be a name stays in the field, and a toast says so when the page is left.
 */
export function useNameField(stored: string, save: (name: string) => void): NameField {
  const router = useRouter();
  const { show } = useToasts();
  const ref = useRef<HTMLInputElement>(null);
  const [initial] = useState(leftBehind ?? stored);
  const [problem, setProblem] = useState(() =>
    leftBehind === null ? undefined : checkName(leftBehind.trim()),
  );
  const typed = useRef<string | null>(leftBehind);
  const handedOver = useRef(stored);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  /** Hands over what can be a name, and returns what is wrong with it otherwise. */
  function handOver(): string | undefined {
    clearTimeout(timer.current);
    if (typed.current === null) {
      return undefined;
    }
    const name = typed.current.trim();
    const found = checkName(name);
    if (found) {
      return found;
    }
    typed.current = null;
    setProblem(undefined);
    if (name !== handedOver.current) {
      handedOver.current = name;
      save(name);
    }
    return undefined;
  }

  useLeaving({
    isUnsaved: () => handOver() !== undefined,
    onLeft() {
      const text = typed.current;
      const onAction = () => {
        leftBehind = text;
        router.push("/settings");
      };
      const message = `Your name was not changed. ${handOver()}`;
      show({ tone: "error", message, action: { label: "Go back", onAction } });
    },
  });

  useEffect(() => {
    leftBehind = null;
    // Typing before React ran the page fired no event.
    const early = ref.current?.value;
    if (early !== undefined && early !== initial) {
      typed.current = early;
    }
  }, [initial]);

  return {
    ref,
    initial,
    problem,
    type(name) {
      typed.current = name;
      clearTimeout(timer.current);
      timer.current = setTimeout(handOver, saveAfterMilliseconds);
    },
    finish() {
      const found = handOver();
      if (found) {
        setProblem(found);
      }
    },
    refuse(found) {
      typed.current ??= handedOver.current;
      handedOver.current = stored;
      setProblem(found);
    },
  };
}

import { type FormEvent, type RefObject, useRef, useState } from "react";
import { useToasts } from "@/app/_ui/toasts";
import type { ChangeRunner } from "./use-change";
import { useLeaving } from "./use-leaving";

/** What is wrong with a form, by the names of its inputs, the first of them first. */
export type FieldProblems<Name extends string> = { [Field in Name]?: string | undefined };

export interface DialogFormOptions<Typed, Name extends string, Result> {
  change: ChangeRunner;
  untouched: Typed;
  /** What is wrong before anything is sent. */
  check: (typed: Typed) => FieldProblems<Name>;
  send: (typed: Typed) => Promise<Result>;
  /** What the server finds wrong with single inputs. Other failures are said in a toast. */
  explain: (error: unknown) => FieldProblems<Name>;
  onDone: (result: Result, typed: Typed) => void;
  onClose: () => void;
}

export interface DialogForm<Typed, Name extends string> {
  ref: RefObject<HTMLFormElement | null>;
  typed: Typed;
  edit: (part: Partial<Typed>) => void;
  problem: FieldProblems<Name>;
  submit: (event: FormEvent) => void;
  close: () => void;
  /** True while the person confirms who they are, for which the dialog steps aside. */
  isAside: boolean;
  isBusy: boolean;
  /** Whether it holds anything that was typed. */
  isEdited: boolean;
}

/**
 * A form in a dialog: checks what was typed, sends it, and puts the focus into the first wrong input.
 * What was typed outlives the dialog's stepping aside, and is forgotten when it is done or closed.
 */
export function useDialogForm<Typed extends object, Name extends string, Result>(
  options: DialogFormOptions<Typed, Name, Result>,
): DialogForm<Typed, Name> {
  const { change, untouched, check, send, explain, onDone, onClose } = options;
  const ref = useRef<HTMLFormElement>(null);
  const [edits, setEdits] = useState<Partial<Typed>>({});
  const [problem, setProblem] = useState<FieldProblems<Name>>({});
  const typed = { ...untouched, ...edits };
  const isHolding = useRef(false);
  const { show } = useToasts();

  useLeaving({
    isUnsaved: () => isHolding.current,
    onLeft: () => show({ message: "You left before sending it, so nothing was changed." }),
  });

  function edit(part: Partial<Typed>) {
    isHolding.current = true;
    setEdits({ ...edits, ...part });
  }

  function forget() {
    isHolding.current = false;
    setEdits({});
    setProblem({});
  }

  function refuse(found: FieldProblems<Name>): boolean {
    setProblem(found);
    const wrong = Object.entries(found).find(([, words]) => words !== undefined);
    if (!wrong) {
      return false;
    }
    ref.current?.querySelector<HTMLElement>(`[name="${wrong[0]}"]`)?.focus();
    return true;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (refuse(check(typed))) {
      return;
    }
    const done = (result: Result) => {
      forget();
      onDone(result, typed);
    };
    change.run(() => send(typed), { done, explain: (error) => refuse(explain(error)) });
  }

  function close() {
    onClose();
    forget();
  }

  return {
    ref,
    typed,
    edit,
    problem,
    submit,
    close,
    isAside: change.isAside,
    isBusy: change.isBusy,
    isEdited: Object.keys(edits).length > 0,
  };
}

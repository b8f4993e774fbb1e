import { type FormEvent, type RefObject, useRef, useState } from "react";
import { explainFailure, type FieldName, type FormProblem } from "./explain-failure";

export interface AuthFormState {
  ref: RefObject<HTMLFormElement | null>;
  problem: FormProblem;
  /** What the last request threw, where words alone are not enough. */
  failure: unknown;
  isSending: boolean;
  /** Says what became of another way that stands beside the form. */
  fail: (error: unknown) => void;
  submit: (event: FormEvent<HTMLFormElement>) => Promise<void>;
}

/** What was typed; a field that the form does not have is empty. */
export type Typed = Record<FieldName, string>;

export interface AuthFormOptions {
  fields: readonly FieldName[];
  check: (typed: Typed) => FormProblem;
  /** Sends it and leads on: once it resolves the form is left, so it stays busy. */
  send: (typed: Typed) => Promise<void>;
  /** The words for what it throws, where they are not those of `explainFailure`. */
  explain?: (error: unknown) => FormProblem;
}

/**
 * A form that checks what was typed, sends it once, and puts the focus into the first wrong field.
 * The fields are the browser's own, so what was typed stays through every failure.
 */
export function useAuthForm({ fields, check, send, explain }: AuthFormOptions): AuthFormState {
  const ref = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<FormProblem>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);

  function show(found: FormProblem) {
    setProblem(found);
    const wrong = fields.find((name) => found[name]);
    const field = wrong && ref.current?.elements.namedItem(wrong);
    if (field instanceof HTMLElement) {
      field.focus();
    }
  }

  function fail(error: unknown) {
    setFailure(error);
    show(explain ? explain(error) : explainFailure(error, fields));
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSending) {
      return;
    }
    const typed = readFields(new FormData(event.currentTarget));
    const found = check(typed);
    setFailure(null);
    if (fields.some((name) => found[name])) {
      return show(found);
    }
    setProblem({});
    setSending(true);
    try {
      await send(typed);
    } catch (error) {
      setSending(false);
      fail(error);
    }
  }

  return { ref, problem, failure, isSending, fail, submit };
}

function readFields(data: FormData): Typed {
  const read = (name: FieldName) => String(data.get(name) ?? "");
  return {
    email: read("email").trim(),
    password: read("password"),
    newPassword: read("newPassword"),
    code: read("code").trim(),
    recoveryCode: read("recoveryCode").trim(),
    userCode: read("userCode").trim(),
  };
}

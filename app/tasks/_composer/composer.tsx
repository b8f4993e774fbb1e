"use client";

import { Plus } from "lucide-react";
import { type KeyboardEvent, type RefObject, useContext, useEffect, useId, useState } from "react";
import { isComposing } from "@/app/_ui/is-composing";
import { Kbd } from "@/app/_ui/kbd";
import { HasSingleKeys } from "@/app/tasks/_shortcuts/has-single-keys";
import { titleLengthMax } from "@/lib/operations/tasks/limits";
import { codePoints } from "@/lib/planning/text";

export interface ComposerProps {
  userId: string;
  field: RefObject<HTMLInputElement | null>;
  onAdd: (title: string) => void;
  /** Called on Escape, to give the focus back to where it came from. */
  onLeave: () => void;
}

/**
 * Where tasks are added. Enter adds and leaves it open and empty for the next one. The field is
 * the browser's own, so that what is typed before React runs the page is kept as well.
 */
export function Composer({ userId, field, onAdd, onLeave }: ComposerProps) {
  const [error, setError] = useState<string | null>(null);
  const errorId = useId();
  const hasSingleKeys = useContext(HasSingleKeys);
  useComposerDraft(userId, field);

  function add() {
    const input = field.current;
    const title = input?.value.trim() ?? "";
    if (!input || title === "") {
      return;
    }
    const excess = codePoints(title) - titleLengthMax;
    if (excess > 0) {
      setError(`A title holds ${titleLengthMax} characters, this is ${excess} more.`);
      return;
    }
    onAdd(title);
    input.value = "";
    sessionStorage.removeItem(draftKey(userId));
    setError(null);
  }

  function press(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      add();
    }
    if (event.key === "Escape") {
      onLeave();
    }
  }

  return (
    <div>
      <div className="flex min-h-11 items-center gap-1 rounded-md bg-surface ps-1 pe-1.5 shadow-raised focus-within:outline-2 focus-within:outline-accent has-aria-invalid:outline-danger pointer-coarse:min-h-12">
        <button
          type="button"
          aria-label="Add task"
          onClick={() => {
            add();
            field.current?.focus();
          }}
          className="inline-flex size-9 shrink-0 items-center justify-center rounded-md text-accent transition-colors hover:bg-hover pointer-coarse:size-11"
        >
          <Plus aria-hidden="true" className="size-5" strokeWidth={1.75} />
        </button>
        <input
          ref={field}
          type="text"
          dir="auto"
          aria-label="New task"
          placeholder="Add a task"
          enterKeyHint="done"
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? errorId : undefined}
          onKeyDown={press}
          className="min-w-0 flex-1 bg-transparent py-2 text-body text-ink outline-none"
        />
        {hasSingleKeys ? <Kbd>Q</Kbd> : null}
      </div>
      {error ? (
        <p id={errorId} className="px-3 pt-1 text-meta text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}

function draftKey(userId: string): string {
  return `evo-todo:draft:${userId}`;
}

/** Keeps what is typed into a field through a reload or an accidental close of the page. */
function useComposerDraft(userId: string, field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const input = field.current;
    if (!input) {
      return;
    }
    const key = draftKey(userId);
    const kept = sessionStorage.getItem(key);
    if (kept && input.value === "") {
      input.value = kept;
    }
    const keep = () => sessionStorage.setItem(key, input.value);
    input.addEventListener("input", keep);
    return () => input.removeEventListener("input", keep);
  }, [userId, field]);
}

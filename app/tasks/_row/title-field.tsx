"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { controlLook } from "@/app/_ui/field";
import { isComposing } from "@/app/_ui/is-composing";
import { titleLengthMax } from "@/lib/operations/tasks/limits";
import { codePoints } from "@/lib/planning/text";

export interface TitleFieldProps {
  title: string;
  onSave: (title: string) => void;
  onCancel: () => void;
}

/** Renames in place: Enter and leaving the field save, Escape restores. */
export function TitleField({ title, onSave, onCancel }: TitleFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const finished = useRef(false);
  const [error, setError] = useState<string | null>(null);
  const errorId = useId();

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  function save() {
    const next = field.current?.value.trim() ?? "";
    if (finished.current) {
      return;
    }
    const excess = codePoints(next) - titleLengthMax;
    if (excess > 0) {
      setError(`A title holds ${titleLengthMax} characters, this is ${excess} more.`);
      return;
    }
    finished.current = true;
    if (next === "" || next === title) {
      onCancel();
    } else {
      onSave(next);
    }
  }

  function press(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      save();
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      finished.current = true;
      onCancel();
    }
  }

  return (
    <div className="min-w-0 flex-1 py-1">
      <input
        ref={field}
        type="text"
        dir="auto"
        aria-label="Title"
        defaultValue={title}
        autoComplete="off"
        enterKeyHint="done"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
        onKeyDown={press}
        onBlur={save}
        className={`${controlLook} -ms-3`}
      />
      {error ? (
        <p id={errorId} className="pt-1 text-meta text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}

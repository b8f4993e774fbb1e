import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { scopeChoices } from "@/app/_account/scope-words";
import type { ApiKeyScope } from "@/lib/client/api-key-client";

export interface ScopeBoxesProps {
  chosen: readonly ApiKeyScope[];
  onChange: (chosen: ApiKeyScope[]) => void;
  error: string | undefined;
}

/** What a key may do, each with what it allows. */
export function ScopeBoxes({ chosen, onChange, error }: ScopeBoxesProps) {
  const id = useId();
  const errorId = `${id}-error`;

  function toggle(scope: ApiKeyScope) {
    const others = chosen.filter((known) => known !== scope);
    onChange(others.length < chosen.length ? others : [...others, scope]);
  }

  return (
    <fieldset>
      <legend className="text-meta font-medium">It may</legend>
      {scopeChoices.map(({ scope, label, hint }) => (
        <div key={scope} className="flex items-start gap-3 py-1.5">
          <input
            id={`${id}-${scope}`}
            type="checkbox"
            name="scopes"
            checked={chosen.includes(scope)}
            onChange={() => toggle(scope)}
            aria-describedby={error ? `${id}-${scope}-hint ${errorId}` : `${id}-${scope}-hint`}
            aria-invalid={error ? true : undefined}
            className="mt-0.5 size-5 shrink-0 accent-accent pointer-coarse:size-6"
          />
          <div>
            <label htmlFor={`${id}-${scope}`} className="font-medium">
              {label}
            </label>
            <p id={`${id}-${scope}-hint`} className="text-meta text-muted">
              {hint}
            </p>
          </div>
        </div>
      ))}
      {error ? (
        <p id={errorId} className="flex items-start gap-1.5 text-meta text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

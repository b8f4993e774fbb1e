"use client";

import { SlidersHorizontal } from "lucide-react";
import { type RefObject, useEffect, useId, useRef, useState } from "react";
import { Choice } from "@/app/_ui/choice";
import { IconButton } from "@/app/_ui/icon-button";
import { isComposing } from "@/app/_ui/is-composing";
import { SelectField } from "@/app/_ui/select-field";
import { TextField } from "@/app/_ui/text-field";
import { searchLengthMax } from "@/lib/operations/tasks/limits";
import {
  defaultView,
  priorityOptions,
  readView,
  sortOptions,
  statusOptions,
  type TaskView,
} from "./task-view";

const searchAfterMilliseconds = 200;
const anyPriority = "any";

const priorityChoices = [
  { value: anyPriority, label: "Any priority" },
  ...priorityOptions.map(({ value, label }) => ({
    value,
    label: value === "none" ? "No priority" : `${label} priority`,
  })),
];

export interface FiltersProps {
  view: TaskView;
  searchField: RefObject<HTMLInputElement | null>;
  onChange: (changes: Partial<TaskView>) => void;
  onSearch: (q: string) => void;
  /** Called on Escape in an empty search, to give the focus back. */
  onLeave: () => void;
}

/** What of the tasks is shown, and in what order. */
export function Filters({ view, searchField, onChange, onSearch, onLeave }: FiltersProps) {
  function choose(name: "sort" | "priority", value: string) {
    const chosen = readView(new URLSearchParams({ [name]: value }));
    onChange(name === "sort" ? { sort: chosen.sort } : { priority: chosen.priority });
  }

  const [isMoreWanted, setMoreWanted] = useState(false);
  const isMoreOpen = isMoreWanted || view.priority !== null || view.sort !== defaultView.sort;
  const moreId = useId();

  return (
    <section aria-label="Filters" className="flex flex-wrap items-center gap-2">
      <Choice
        legend="Status"
        options={statusOptions}
        value={view.status}
        onChange={(status) => onChange({ status })}
      />
      <div className="flex min-w-0 flex-1 basis-full items-center gap-2 sm:basis-0">
        <div className="min-w-0 flex-1">
          <SearchField q={view.q} field={searchField} onSearch={onSearch} onLeave={onLeave} />
        </div>
        <IconButton
          icon={SlidersHorizontal}
          label="Sort and priority"
          aria-expanded={isMoreOpen}
          aria-controls={moreId}
          onClick={() => setMoreWanted(!isMoreOpen)}
          className="sm:hidden pointer-coarse:size-12"
        />
      </div>
      <div
        id={moreId}
        className={`basis-full grid-cols-2 gap-2 sm:flex sm:basis-auto ${isMoreOpen ? "grid" : "hidden"}`}
      >
        <SelectField
          label="Priority"
          labelHidden
          quiet
          className="field-sizing-content"
          options={priorityChoices}
          value={view.priority ?? anyPriority}
          onChange={(event) => choose("priority", event.currentTarget.value)}
        />
        <SelectField
          label="Sort"
          labelHidden
          quiet
          className="field-sizing-content"
          options={sortOptions}
          value={view.sort}
          onChange={(event) => choose("sort", event.currentTarget.value)}
        />
      </div>
    </section>
  );
}

interface SearchFieldProps {
  q: string;
  field: RefObject<HTMLInputElement | null>;
  onSearch: (q: string) => void;
  onLeave: () => void;
}

function SearchField({ q, field, onSearch, onLeave }: SearchFieldProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  // The URL may change by itself, for example by Back; what is being typed is left alone.
  useEffect(() => {
    const input = field.current;
    if (input && document.activeElement !== input) {
      input.value = q;
    }
  }, [q, field]);

  function searchNow(text: string) {
    clearTimeout(timer.current);
    onSearch(text);
  }

  return (
    <TextField
      ref={field}
      label="Search"
      labelHidden
      quiet
      type="search"
      dir="auto"
      placeholder="Search"
      autoComplete="off"
      maxLength={searchLengthMax}
      defaultValue={q}
      onChange={(event) => {
        const text = event.currentTarget.value;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onSearch(text), searchAfterMilliseconds);
      }}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) {
          return;
        }
        if (event.key === "Enter") {
          searchNow(event.currentTarget.value);
        }
        if (event.key !== "Escape") {
          return;
        }
        if (event.currentTarget.value === "") {
          onLeave();
        } else {
          event.currentTarget.value = "";
          searchNow("");
        }
      }}
    />
  );
}

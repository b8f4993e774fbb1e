"use client";

import { type ChangeEvent, type FormEvent, useEffect, useRef } from "react";
import { memberFailure } from "@/app/_account/explain-failure";
import { SelectField } from "@/app/_ui/select-field";
import { TextField } from "@/app/_ui/text-field";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { SaveState } from "./save-state";
import { useNameField } from "./use-name-field";
import { useSaving } from "./use-saving";

/** The profile as its form holds it; "" leaves it to the browser. */
type ProfileValues = { name: string; timeZone: string; weekStart: string; timeFormat: string };

export interface ProfileFormProps {
  stored: ProfileValues;
  /** IANA names, as the server knows them. */
  timeZones: readonly string[];
}

const choices = ["timeZone", "weekStart", "timeFormat"] as const;

const weekStartOptions = [
  { value: "", label: "Automatic" },
  { value: "monday", label: "Monday" },
  { value: "saturday", label: "Saturday" },
  { value: "sunday", label: "Sunday" },
];

const timeFormatOptions = [
  { value: "", label: "Automatic" },
  { value: "24", label: "24 hours, such as 14:05" },
  { value: "12", label: "12 hours, such as 2:05 pm" },
];

/** Name, time zone, week and clock. Each saves itself; what was typed stays through every failure. */
export function ProfileForm({ stored, timeZones }: ProfileFormProps) {
  const hydrated = useHydrated();
  const form = useRef<HTMLFormElement>(null);
  // The name's hook comes first: when the page is left, saving then reports the name that it hands over.
  const name = useNameField(stored.name, (chosen) => saving.save({ name: chosen }));
  const saving = useSaving({
    subject: "Your profile",
    onRefused: (error) => {
      const problem = memberFailure(error, "/name", "The name");
      if (problem) {
        name.refuse(problem);
      }
    },
  });
  const early = useRef({ stored, save: saving.save });

  // A choice that was made before React ran the page fired no event.
  useEffect(() => {
    const chosen = new FormData(form.current ?? undefined);
    for (const member of choices) {
      const value = String(chosen.get(member) ?? "");
      if (value !== early.current.stored[member]) {
        early.current.save({ [member]: value || null });
      }
    }
  }, []);

  function choose({ currentTarget }: ChangeEvent<HTMLSelectElement>) {
    saving.save({ [currentTarget.name]: currentTarget.value || null });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    name.finish();
  }

  const browsers = hydrated ? ` (${new Intl.DateTimeFormat().resolvedOptions().timeZone})` : "";
  return (
    <form
      ref={form}
      method="post"
      noValidate
      onSubmit={submit}
      className="flex max-w-form flex-col gap-5"
    >
      <TextField
        ref={name.ref}
        label="Name"
        name="name"
        autoComplete="name"
        enterKeyHint="done"
        defaultValue={name.initial}
        required
        error={name.problem}
        onChange={(event) => {
          saving.edit();
          name.type(event.currentTarget.value);
        }}
        onBlur={name.finish}
      />
      <SelectField
        label="Time zone"
        name="timeZone"
        defaultValue={stored.timeZone}
        hint="Decides when a day begins and ends for you."
        options={[
          { value: "", label: `Follow this browser${browsers}` },
          ...timeZones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
        ]}
        onChange={choose}
      />
      <SelectField
        label="First day of the week"
        name="weekStart"
        defaultValue={stored.weekStart}
        options={weekStartOptions}
        onChange={choose}
      />
      <SelectField
        label="Clock"
        name="timeFormat"
        defaultValue={stored.timeFormat}
        options={timeFormatOptions}
        onChange={choose}
      />
      <SaveState {...saving.state} />
    </form>
  );
}

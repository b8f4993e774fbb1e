"use client";

import { type FormEvent, useRef } from "react";
import { Button } from "@/app/_ui/button";
import { SelectField } from "@/app/_ui/select-field";
import { TextField } from "@/app/_ui/text-field";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { SaveState } from "./save-state";
import { type ProfileValues, useSaveProfile } from "./use-save-profile";

export interface ProfileFormProps {
  stored: ProfileValues;
  /** IANA names, as the server knows them. */
  timeZones: readonly string[];
}

const weekStartOptions = [
  { value: "", label: "Follow the language" },
  { value: "monday", label: "Monday" },
  { value: "saturday", label: "Saturday" },
  { value: "sunday", label: "Sunday" },
];

const timeFormatOptions = [
  { value: "", label: "Follow the language" },
  { value: "24", label: "24 hours, such as 14:05" },
  { value: "12", label: "12 hours, such as 2:05 pm" },
];

function readValues(form: HTMLFormElement): ProfileValues {
  const typed = new FormData(form);
  const read = (member: keyof ProfileValues) => String(typed.get(member) ?? "").trim();
  return {
    name: read("name"),
    timeZone: read("timeZone"),
    weekStart: read("weekStart"),
    timeFormat: read("timeFormat"),
  };
}

/** Name, time zone, week and clock. What was typed stays through every failure. */
export function ProfileForm({ stored, timeZones }: ProfileFormProps) {
  const hydrated = useHydrated();
  const nameField = useRef<HTMLInputElement>(null);
  const { nameProblem, state, save, forgetState } = useSaveProfile(() =>
    nameField.current?.focus(),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void save(readValues(event.currentTarget));
  }

  const browsers = hydrated ? ` (${new Intl.DateTimeFormat().resolvedOptions().timeZone})` : "";
  return (
    <form
      method="post"
      noValidate
      onSubmit={submit}
      onChange={forgetState}
      className="flex max-w-form flex-col gap-5"
    >
      <TextField
        ref={nameField}
        label="Name"
        name="name"
        autoComplete="name"
        defaultValue={stored.name}
        required
        error={nameProblem}
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
      />
      <SelectField
        label="First day of the week"
        name="weekStart"
        defaultValue={stored.weekStart}
        options={weekStartOptions}
      />
      <SelectField
        label="Clock"
        name="timeFormat"
        defaultValue={stored.timeFormat}
        options={timeFormatOptions}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" variant="primary" disabled={!hydrated}>
          Save
        </Button>
        <SaveState {...state} />
      </div>
    </form>
  );
}

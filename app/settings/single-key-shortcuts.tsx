"use client";

import { chooseSingleKeys, useSingleKeys } from "@/app/_account/use-single-keys";
import { Choice } from "@/app/_ui/choice";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { SaveState } from "./save-state";
import { SettingRow } from "./setting-row";
import { useSaving } from "./use-saving";

const options = [
  { value: "on", label: "On" },
  { value: "off", label: "Off" },
] as const;

/** Turns the shortcuts of one letter, digit or sign on or off, with the account. */
export function SingleKeyShortcuts({ stored }: { stored: boolean }) {
  const hydrated = useHydrated();
  const isOn = useSingleKeys(stored);
  const { state, save } = useSaving({ subject: "Your shortcut setting" });

  function choose(value: "on" | "off") {
    const chosen = value === "on";
    chooseSingleKeys(chosen);
    save({ singleKeys: chosen });
  }

  return (
    <>
      <SettingRow
        label="Single-key shortcuts"
        description="Letters, digits and signs alone, such as Q to add a task. Turn them off if you dictate."
      >
        <Choice
          legend="Single-key shortcuts"
          options={options}
          value={isOn ? "on" : "off"}
          onChange={choose}
          disabled={!hydrated}
        />
      </SettingRow>
      <SaveState {...state} />
    </>
  );
}

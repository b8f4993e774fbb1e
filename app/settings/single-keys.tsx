"use client";

import { chooseSingleKeys, useSingleKeys } from "@/app/_account/use-single-keys";
import { Choice } from "@/app/_ui/choice";
import { useToasts } from "@/app/_ui/toasts";
import { useHydrated } from "@/app/_ui/use-hydrated";
import { updateProfile } from "@/lib/client/account-client";
import { SettingRow } from "./setting-row";

const options = [
  { value: "on", label: "On" },
  { value: "off", label: "Off" },
] as const;

/** Turns the shortcuts of one letter, digit or sign on or off, with the account. */
export function SingleKeys({ stored }: { stored: boolean }) {
  const hydrated = useHydrated();
  const toasts = useToasts();
  const isOn = useSingleKeys(stored);

  async function choose(value: "on" | "off") {
    const chosen = value === "on";
    chooseSingleKeys(chosen);
    try {
      await updateProfile({ singleKeys: chosen });
    } catch {
      chooseSingleKeys(!chosen);
      toasts.show({ tone: "error", message: "The shortcuts are as they were. Try again." });
    }
  }

  return (
    <SettingRow
      label="Shortcuts of a single key"
      description="Letters, digits and signs alone, such as Q to add a task. Turn them off if you dictate."
    >
      <Choice
        legend="Shortcuts of a single key"
        options={options}
        value={isOn ? "on" : "off"}
        onChange={(value) => void choose(value)}
        disabled={!hydrated}
      />
    </SettingRow>
  );
}

"use client";

import { useTheme } from "next-themes";
import { ThemeChoice } from "@/app/_ui/theme-choice";
import { SaveState } from "./save-state";
import { SettingRow } from "./setting-row";
import { useSaving } from "./use-saving";

/** How the app looks, here and in browsers that have no choice of their own yet. */
export function Appearance() {
  const { theme, setTheme } = useTheme();
  const { state, save } = useSaving({ subject: "The theme" });

  function choose(chosen: string) {
    setTheme(chosen);
    save({ theme: chosen });
  }

  return (
    <>
      <SettingRow
        label="Theme"
        description="Kept in this browser and, for new ones, with your account."
      >
        <ThemeChoice theme={theme} onChoose={choose} />
      </SettingRow>
      <SaveState {...state} />
    </>
  );
}

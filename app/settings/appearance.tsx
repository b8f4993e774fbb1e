"use client";

import { useAccountTheme } from "@/app/_account/use-account-theme";
import { ThemeChoice } from "@/app/_ui/theme-choice";
import { SettingRow } from "./setting-row";

/** How the app looks, here and in browsers that have no choice of their own yet. */
export function Appearance() {
  const { theme, choose } = useAccountTheme();
  return (
    <SettingRow
      label="Theme"
      description="Takes effect at once. Kept in this browser and, for new ones, with your account."
    >
      <ThemeChoice theme={theme} onChoose={choose} />
    </SettingRow>
  );
}

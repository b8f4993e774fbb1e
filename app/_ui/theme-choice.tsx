"use client";

import { useTheme } from "next-themes";
import { Choice } from "./choice";
import { useHydrated } from "./use-hydrated";

const options = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Three radio buttons: follow the system, light, dark. Takes effect at once. */
export function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  const chosen = options.find((option) => option.value === theme)?.value;
  return (
    <Choice
      legend="Theme"
      options={options}
      value={hydrated ? chosen : undefined}
      onChange={setTheme}
      disabled={!hydrated}
    />
  );
}

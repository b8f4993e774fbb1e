"use client";

import { Choice } from "./choice";
import { useHydrated } from "./use-hydrated";

const options = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export interface ThemeChoiceProps {
  theme: string | undefined;
  onChoose: (theme: string) => void;
}

/** Three radio buttons: follow the system, light, dark. The server does not know which is chosen. */
export function ThemeChoice({ theme, onChoose }: ThemeChoiceProps) {
  const hydrated = useHydrated();
  const chosen = options.find((option) => option.value === theme)?.value;
  return (
    <Choice
      legend="Theme"
      options={options}
      value={hydrated ? chosen : undefined}
      onChange={onChoose}
      disabled={!hydrated}
    />
  );
}

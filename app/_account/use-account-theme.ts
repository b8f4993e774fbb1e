"use client";

import { useTheme } from "next-themes";
import { useToasts } from "@/app/_ui/toasts";
import { updateProfile } from "@/lib/client/account-client";

/** The theme in this browser, and a way to choose one for it and for the account. */
export function useAccountTheme(): {
  theme: string | undefined;
  choose: (theme: string) => void;
} {
  const { theme, setTheme } = useTheme();
  const toasts = useToasts();

  async function choose(chosen: string) {
    setTheme(chosen);
    try {
      await updateProfile({ theme: chosen });
    } catch {
      toasts.show({
        tone: "error",
        message: "The theme is set in this browser, but your account could not keep it.",
      });
    }
  }

  return { theme, choose: (chosen) => void choose(chosen) };
}

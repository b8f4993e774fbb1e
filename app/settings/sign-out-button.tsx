"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { signOut } from "@/lib/client/auth-client";

/** Ends the session and leaves for the sign-in page. On failure it says so and stays. */
export function SignOutButton() {
  const toasts = useToasts();
  const [leaving, setLeaving] = useState(false);

  async function leave() {
    setLeaving(true);
    try {
      await signOut();
      window.location.replace("/sign-in");
    } catch {
      setLeaving(false);
      toasts.show({ tone: "error", message: "You are still signed in. Try again in a moment." });
    }
  }

  return (
    <Button onClick={leave} disabled={leaving}>
      <LogOut aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Sign out
    </Button>
  );
}

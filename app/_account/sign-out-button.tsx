"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useToasts } from "@/app/_ui/toasts";
import { signOut } from "@/lib/client/auth-client";
import { leave } from "./leave";

/** Ends the session and leaves for the sign-in page. On failure it says so and stays. */
export function SignOutButton() {
  const toasts = useToasts();
  const [leaving, setLeaving] = useState(false);

  async function signOutHere() {
    if (leaving) {
      return;
    }
    setLeaving(true);
    try {
      await signOut();
      leave("/sign-in");
    } catch {
      setLeaving(false);
      toasts.show({ tone: "error", message: "You are still signed in. Try again in a moment." });
    }
  }

  return (
    <Button onClick={signOutHere} aria-disabled={leaving}>
      <LogOut aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Sign out
    </Button>
  );
}

"use client";

import { BookOpen, CircleUser, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAccountTheme } from "@/app/_account/use-account-theme";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Menu } from "@/app/_ui/menu";
import type { MenuItem } from "@/app/_ui/menu-popup";
import { useToasts } from "@/app/_ui/toasts";
import { leaveTasks } from "@/app/tasks/_workspace/leave-tasks";
import type { Workspace } from "@/app/tasks/_workspace/workspace";
import { signOut } from "@/lib/client/auth-client";

const themes = [
  { value: "system", label: "System", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];

/** Who is signed in, and the way to settings, documentation, another theme and out. */
export function AccountMenu({ email, workspace }: { email: string; workspace: Workspace }) {
  const router = useRouter();
  const { theme, choose } = useAccountTheme();
  const { show } = useToasts();
  const [isAsking, setAsking] = useState(false);

  async function signOutNow() {
    // The request that is held would otherwise be refused, which the browser reports as an error.
    workspace.follower.stop();
    try {
      await signOut();
    } catch {
      workspace.follower.start();
      show({ message: "You are still signed in: the server did not answer.", tone: "error" });
      return;
    }
    leaveTasks(workspace, "/sign-in");
  }

  function askOrSignOut() {
    if (workspace.outbox.entries().length > 0) {
      setAsking(true);
    } else {
      void signOutNow();
    }
  }

  const items: MenuItem[] = [
    { label: email, onSelect: () => undefined, disabled: true },
    {
      label: "Settings",
      icon: Settings,
      separated: true,
      onSelect: () => router.push("/settings"),
    },
    { label: "Documentation", icon: BookOpen, onSelect: () => router.push("/docs") },
    ...themes.map(({ value, label, icon }, index) => ({
      label,
      icon,
      separated: index === 0,
      checked: theme === value,
      onSelect: () => choose(value),
    })),
    { label: "Sign out", icon: LogOut, separated: true, onSelect: askOrSignOut },
  ];

  return (
    <>
      <Menu label="Account" icon={CircleUser} items={items} className="size-9" />
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Some changes are not saved yet"
        description="If you sign out now, they are lost."
        footer={
          <>
            <Button autoFocus onClick={() => setAsking(false)}>
              Stay signed in
            </Button>
            <Button variant="danger" onClick={() => void signOutNow()}>
              Sign out and lose them
            </Button>
          </>
        }
      />
    </>
  );
}

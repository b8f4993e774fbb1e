"use client";

import { Keyboard } from "lucide-react";
import { AppHeader } from "@/app/_ui/app-header";
import { IconButton } from "@/app/_ui/icon-button";
import type { Workspace } from "@/app/tasks/_workspace/workspace";
import { AccountMenu } from "./account-menu";

export interface TasksHeaderProps {
  email: string;
  workspace: Workspace;
  onHelp: () => void;
}

/** The bar at the top: the name, the shortcuts, the account. */
export function TasksHeader({ email, workspace, onHelp }: TasksHeaderProps) {
  return (
    <AppHeader>
      <div className="flex items-center gap-1">
        <IconButton
          icon={Keyboard}
          label="Keyboard shortcuts"
          onClick={onHelp}
          className="size-9 pointer-coarse:hidden"
        />
        <AccountMenu email={email} workspace={workspace} />
      </div>
    </AppHeader>
  );
}

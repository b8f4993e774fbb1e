"use client";

import { Keyboard } from "lucide-react";
import Link from "next/link";
import { IconButton } from "@/app/_ui/icon-button";
import { Logo } from "@/app/_ui/logo";
import { AccountMenu } from "./account-menu";
import type { Workspace } from "./workspace";

export interface TasksHeaderProps {
  email: string;
  workspace: Workspace;
  onHelp: () => void;
}

/** The bar at the top: the name, the shortcuts, the account. */
export function TasksHeader({ email, workspace, onHelp }: TasksHeaderProps) {
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-canvas">
      <div className="mx-auto flex h-14 w-full max-w-content items-center gap-1 px-4">
        <Link
          href="/tasks"
          className="me-auto flex items-center rounded-sm pointer-coarse:min-h-11"
        >
          <Logo />
        </Link>
        <IconButton
          icon={Keyboard}
          label="Keyboard shortcuts"
          onClick={onHelp}
          className="size-9 pointer-coarse:hidden"
        />
        <AccountMenu email={email} workspace={workspace} />
      </div>
    </header>
  );
}

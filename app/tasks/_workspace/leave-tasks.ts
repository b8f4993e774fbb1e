import { leave } from "@/app/_account/leave";
import type { Workspace } from "./workspace";

/** Forgets everything of this person, here and in this browser, and goes to another page. */
export function leaveTasks(workspace: Workspace, path: string) {
  workspace.clear();
  leave(path);
}

import type { Workspace } from "./workspace";

/** Forgets everything of this person in this tab and goes to another page, loaded anew. */
export function leave(workspace: Workspace, path: string) {
  workspace.clear();
  window.location.replace(path);
}

import { render, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { LeaveTogether } from "@/app/settings/leave-together";
import { tellTabs } from "@/lib/client/tab-channel";
import { keepInBrowser, keptInBrowser } from "@/tests/support/kept-in-browser";

it("signing out in another tab leaves nothing of the person here", async () => {
  const replace = vi.spyOn(window.location, "replace").mockImplementation(() => {});
  await keepInBrowser();
  render(<LeaveTogether />);
  tellTabs({ kind: "signed-out" });
  await waitFor(() => expect(replace).toHaveBeenCalledWith("/sign-in"));
  await waitFor(async () => expect(await keptInBrowser()).toEqual([]));
});

it("a browser in which tabs cannot talk shows the pages all the same", () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  expect(() => tellTabs({ kind: "signed-out" })).not.toThrow();
  render(<LeaveTogether />);
});

import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { AccountMenu } from "@/app/tasks/_header/account-menu";
import { openWorkspace } from "@/app/tasks/_workspace/workspace";
import { keepInBrowser, keptInBrowser } from "@/tests/support/kept-in-browser";
import { openSettings } from "@/tests/support/open-settings";
import { signedInBrowser } from "@/tests/support/signed-in-browser";
import { createUser } from "@/tests/support/users";

const browser = signedInBrowser(createUser);
const replace = vi.spyOn(window.location, "replace");

beforeEach(async () => {
  replace.mockReset().mockImplementation(() => {});
  await keepInBrowser();
});

it("signing out of the tasks leaves nothing of the person in this browser", async () => {
  const { id, email } = browser.person;
  const user = openSettings(<AccountMenu email={email} workspace={openWorkspace(id)} />);
  await user.click(screen.getByRole("button", { name: "Account" }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  await waitFor(() => expect(replace.mock.calls).toEqual([["/sign-in"]]));
  await waitFor(async () => expect(await keptInBrowser()).toEqual([]));
});

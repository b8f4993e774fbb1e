import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SignInAgainButtons } from "@/app/_account/sign-in-again-buttons";
import { SignOutButton } from "@/app/_account/sign-out-button";
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

describe("signing out", () => {
  it("leaves nothing of the person in this browser", async () => {
    expect(await keptInBrowser()).toEqual(["theme", "draft", "tz", "address_reminder"]);
    const user = openSettings(<SignOutButton />);
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    await waitFor(() => expect(replace).toHaveBeenCalledWith("/sign-in"));
    await waitFor(async () => expect(await keptInBrowser()).toEqual([]));
  });

  it("leaves nothing behind either when it is to sign in again", async () => {
    const user = openSettings(
      <SignInAgainButtons providers={[]} hasPasskey={false} onFailure={() => {}} />,
    );
    await user.click(screen.getByRole("button", { name: "Sign in again" }));
    await waitFor(() => expect(replace).toHaveBeenCalledOnce());
    await waitFor(async () => expect(await keptInBrowser()).toEqual([]));
  });

  it("keeps everything where the server did not confirm it", async () => {
    browser.server.use(http.post("*/api/auth/sign-out", () => HttpResponse.error()));
    const user = openSettings(<SignOutButton />);
    await user.click(screen.getByRole("button", { name: "Sign out" }));
    await screen.findByText(/You are still signed in/);
    expect(replace).not.toHaveBeenCalled();
    expect(await keptInBrowser()).toHaveLength(4);
  });
});

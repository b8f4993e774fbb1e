import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ConfirmIdentityProvider } from "@/app/_account/confirm-identity";
import { DeleteAccount } from "@/app/settings/data/delete-account";
import { ExportData } from "@/app/settings/data/export-data";
import { database } from "@/lib/db/client";
import { openSettings } from "@/tests/support/open-settings";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { signedInBrowser } from "@/tests/support/signed-in-browser";
import { createUser } from "@/tests/support/users";

const browser = signedInBrowser(createUserWithPassword);
const replace = vi.spyOn(window.location, "replace");

beforeEach(async () => {
  replace.mockReset().mockImplementation(() => {});
});

function isStored(): Promise<boolean> {
  return database()
    .user.count({ where: { id: browser.person.id } })
    .then((count) => count === 1);
}

async function openDeletion(hasPassword: boolean) {
  const user = openSettings(
    <ConfirmIdentityProvider
      user={browser.person}
      hasPassword={hasPassword}
      hasPasskey={false}
      providers={["github"]}
    >
      <DeleteAccount email={browser.person.email} taskCount={12} hasPassword={hasPassword} />
    </ConfirmIdentityProvider>,
  );
  await user.click(screen.getByRole("button", { name: "Delete account" }));
  const dialog = await screen.findByRole("dialog", { name: "Delete your account?" });
  return { user, dialog };
}

/** The button in the dialog; the one that opened it is hidden by then. */
function agree() {
  return screen.getByRole("button", { name: "Delete account" });
}

describe("deleting the account", () => {
  it("names what goes and starts on Cancel", async () => {
    const { dialog } = await openDeletion(true);
    expect(dialog.textContent).toContain("12 tasks");
    expect(dialog.textContent).toContain(browser.person.email);
    const cancel = screen.getByRole("button", { name: "Cancel" });
    await waitFor(() => expect(document.activeElement).toBe(cancel));
  });

  it("keeps the account, and what was typed, for a wrong password", async () => {
    const { user } = await openDeletion(true);
    const field = screen.getByLabelText<HTMLInputElement>("Password");
    await user.type(field, "wrong");
    await user.click(agree());
    const error = await screen.findByText("That is not your password.");
    expect(field.getAttribute("aria-describedby")).toBe(error.id);
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe("wrong");
    expect(await isStored()).toBe(true);
  });

  it("deletes for the right password, and leaves nothing in this browser", async () => {
    localStorage.setItem("theme", "dark");
    sessionStorage.setItem("draft", "Call Ada");
    const { user } = await openDeletion(true);
    await user.type(screen.getByLabelText("Password"), password);
    await user.click(agree());
    await waitFor(() => expect(replace).toHaveBeenCalledWith("/account-deleted"));
    expect(await isStored()).toBe(false);
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  });

  it("deletes without a password for a person who has none and has just signed in", async () => {
    browser.person = await createUser();
    const { user } = await openDeletion(false);
    expect(screen.queryByLabelText("Password")).toBeNull();
    await user.click(agree());
    await waitFor(() => expect(replace).toHaveBeenCalledWith("/account-deleted"));
    expect(await isStored()).toBe(false);
  });

  it("asks a person without a password to sign in again when that was long ago", async () => {
    browser.person = await createUser();
    await makeSessionOld(browser.person);
    const { user } = await openDeletion(false);
    await user.click(agree());
    await screen.findByRole("dialog", { name: "Confirm that it is you" });
    screen.getByRole("button", { name: "Sign in with GitHub" });
    await user.keyboard("{Escape}");
    await screen.findByText(/Nothing was changed/);
    expect(await isStored()).toBe(true);
  });
});

describe("the export", () => {
  it("saves one file with all of the person's data", async () => {
    const saved: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push(this.download);
    });
    const user = openSettings(<ExportData />);
    await user.click(screen.getByRole("button", { name: "Download your data" }));
    await screen.findByText("Downloaded");
    expect(saved).toEqual([expect.stringMatching(/^evo-todo-[\d-]+\.json$/)]);
    click.mockRestore();
  });

  it("says why it failed and saves nothing", async () => {
    browser.server.use(
      http.get("*/api/auth/export-data", () =>
        HttpResponse.json(
          { code: "rate_limited", detail: "Too many exports." },
          { status: 429, headers: { "retry-after": "120" } },
        ),
      ),
    );
    const user = openSettings(<ExportData />);
    await user.click(screen.getByRole("button", { name: "Download your data" }));
    await screen.findByText("Too many tries. Try again in 2 minutes.");
    expect(screen.queryByText("Downloaded")).toBeNull();
  });
});

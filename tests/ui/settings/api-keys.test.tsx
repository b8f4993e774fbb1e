import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ApiKeysSection } from "@/app/settings/api-keys/api-keys-section";
import { shownApiKey } from "@/app/settings/api-keys/shown-api-key";
import { createApiKey, listApiKeys } from "@/lib/account/api-keys";
import { openSettingsOf } from "@/tests/support/open-settings-of";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { signedInBrowser } from "@/tests/support/signed-in-browser";

const baseUrl = "http://localhost:3000";

const browser = signedInBrowser(createUserWithPassword);

async function showKeys() {
  const keys = await listApiKeys(browser.person.id);
  const shown = keys.map((key) => shownApiKey(key, new Date()));
  return openSettingsOf(browser.person, <ApiKeysSection keys={shown} baseUrl={baseUrl} />);
}

function findDialog(name: string) {
  return screen.findByRole("dialog", { name });
}

describe("making a key", () => {
  it("needs a name and a scope, each told at its field", async () => {
    const user = await showKeys();
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    const dialog = await findDialog("Make a key");
    const read = within(dialog).getByRole("checkbox", { name: "Read tasks" });
    await user.click(read);
    await user.click(within(dialog).getByRole("button", { name: "Make key" }));
    const name = within(dialog).getByLabelText("Name");
    expect(document.activeElement).toBe(name);
    expect(within(dialog).getByText(/Give the key a name/)).toBeTruthy();
    expect(within(dialog).getByText("Choose at least one.").id).toBe(
      read.getAttribute("aria-describedby")?.split(" ")[1],
    );
    expect(await listApiKeys(browser.person.id)).toEqual([]);
  });

  it("keeps what was typed while the person confirms who they are, and shows the key once", async () => {
    await makeSessionOld(browser.person);
    const user = await showKeys();
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    const dialog = await findDialog("Make a key");
    await user.type(within(dialog).getByLabelText("Name"), "Backup script{Enter}");
    const proof = await findDialog("Confirm that it is you");
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Make a key" })).toBeNull());
    await user.type(within(proof).getByLabelText("Password"), password);
    await user.click(within(proof).getByRole("button", { name: "Confirm" }));
    const shown = await findDialog("Your new key");
    const [key] = await listApiKeys(browser.person.id);
    expect(key).toMatchObject({ name: "Backup script", scopes: ["tasks:read"] });
    const text = within(shown).getByText(/^evo_/).textContent ?? "";
    expect(text.endsWith(key?.lastFour ?? "?")).toBe(true);
    expect(within(shown).getByRole("group").textContent).toContain(`${baseUrl}/api/token`);
    expect(within(shown).getByRole("group").textContent).toContain(text);

    await user.keyboard("{Escape}");
    expect(await screen.findByText(/The key is gone from this page/)).toBeTruthy();
    await waitFor(() => expect(document.body.textContent).not.toContain(text));
    const heading = await screen.findByRole("heading", { name: "Your keys" });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });

  it("says nothing more to who is done with the key", async () => {
    const user = await showKeys();
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    const dialog = await findDialog("Make a key");
    await user.type(within(dialog).getByLabelText("Name"), "Backup script{Enter}");
    const shown = await findDialog("Your new key");
    await user.click(within(shown).getByRole("button", { name: "Done" }));
    const heading = await screen.findByRole("heading", { name: "Your keys" });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(screen.getByRole("region", { name: "Notifications" }).textContent).toBe("");
  });

  it("keeps what was typed at a press beside the dialog, and the browser asks before it is lost", async () => {
    const user = await showKeys();
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    const dialog = await findDialog("Make a key");
    const asks = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(asks()).toBe(false);
    await user.type(within(dialog).getByLabelText("Name"), "Backup script");
    await user.click(document.body);
    expect(within(dialog).getByLabelText<HTMLInputElement>("Name").value).toBe("Backup script");
    expect(asks()).toBe(true);
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(asks()).toBe(false);
  });

  it("warns of a key that never ends", async () => {
    const user = await showKeys();
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    const dialog = await findDialog("Make a key");
    const expiry = within(dialog).getByLabelText<HTMLSelectElement>("Expires");
    expect(expiry.selectedOptions[0]?.textContent).toBe("In 90 days");
    expect(within(dialog).getByRole("status").textContent).toBe("");
    await user.selectOptions(expiry, "Never");
    expect(within(dialog).getByRole("status").textContent).toMatch(/until you revoke it/);
  });
});

describe("the keys there are", () => {
  const hour = 3_600_000;
  const key = {
    id: "1",
    name: "Backup",
    scopes: ["tasks:read", "tasks:write"] as const,
    lastFour: "x7Qd",
    createdAt: new Date("2026-03-03T12:00:00Z"),
    lastUsedAt: null,
    expiresAt: null,
  };

  it.each([
    {
      dates: { lastUsedAt: new Date(Date.now() - 24 * hour), expiresAt: new Date() },
      words: "Created 3 March 2026, last used yesterday. Expired today.",
    },
    {
      dates: { expiresAt: new Date("2990-11-20T11:00:00Z") },
      words: "Created 3 March 2026, not used yet. Expires 20 November 2990.",
    },
    { dates: {}, words: "Created 3 March 2026, not used yet. Never expires." },
  ])("are told in words: $words", ({ dates, words }) => {
    const shown = shownApiKey({ ...key, scopes: [...key.scopes], ...dates }, new Date());
    openSettingsOf(browser.person, <ApiKeysSection keys={[shown]} baseUrl={baseUrl} />);
    const text = screen.getByRole("listitem").textContent;
    expect(text).toContain("evo_…x7Qd · Read tasks and change tasks");
    expect(text).toContain(words);
  });

  it("are revoked after a question that names them", async () => {
    await createApiKey(browser.person.id, browser.person.sessionId, {
      name: "Old laptop",
      scopes: ["tasks:read"],
      expiresIn: null,
    });
    await makeSessionOld(browser.person);
    const user = await showKeys();
    await user.click(screen.getByRole("button", { name: "Revoke: Old laptop" }));
    const question = await findDialog("Revoke Old laptop?");
    expect(question.textContent).toContain("stop working within a second");
    await user.click(within(question).getByRole("button", { name: "Revoke" }));
    await waitFor(async () => expect(await listApiKeys(browser.person.id)).toEqual([]));
    const heading = await screen.findByRole("heading", { name: "Your keys" });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });

  it("leave the focus to the neighbor of the one that is revoked", async () => {
    for (const name of ["First", "Second", "Third"]) {
      await createApiKey(browser.person.id, browser.person.sessionId, {
        name,
        scopes: ["tasks:read"],
        expiresIn: null,
      });
    }
    const [, middle, last] = (await listApiKeys(browser.person.id)).map(({ name }) => name);
    const user = await showKeys();
    await user.click(screen.getByRole("button", { name: `Revoke: ${middle}` }));
    const question = await findDialog(`Revoke ${middle}?`);
    await user.click(within(question).getByRole("button", { name: "Revoke" }));
    await screen.findByText(`${middle} is revoked.`);
    const neighbor = await screen.findByRole("button", { name: `Revoke: ${last}` });
    await waitFor(() => expect(document.activeElement).toBe(neighbor));
  });
});

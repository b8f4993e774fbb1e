import { screen, waitFor, within } from "@testing-library/react";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { AddressSection } from "@/app/settings/security/address-section";
import type { ShownPasskey } from "@/app/settings/security/passkey-row";
import { PasskeysSection } from "@/app/settings/security/passkeys-section";
import { PasswordDialog } from "@/app/settings/security/password-dialog";
import type { ShownProvider } from "@/app/settings/security/provider-list";
import { ProvidersSection } from "@/app/settings/security/providers-section";
import { TwoStepSection } from "@/app/settings/security/two-step-controls";
import { getTwoStep } from "@/lib/account/two-step";
import { database } from "@/lib/db/client";
import { openSettingsOf } from "@/tests/support/open-settings-of";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { signedInBrowser } from "@/tests/support/signed-in-browser";

const off = {
  enabled: false,
  authenticatorApp: false,
  recoveryCodesLeft: 0,
  hasPasskey: false,
  canAddPasskeys: true,
};
const on = {
  enabled: true,
  authenticatorApp: true,
  recoveryCodesLeft: 10,
  hasPasskey: false,
  canAddPasskeys: true,
};

const browser = signedInBrowser(createUserWithPassword);

function findDialog(name: string) {
  return screen.findByRole("dialog", { name });
}

function hasError(field: HTMLElement, text: RegExp) {
  const described = field.getAttribute("aria-describedby")?.split(" ") ?? [];
  return described.some((id) => text.test(document.getElementById(id)?.textContent ?? ""));
}

describe("the password", () => {
  it("says beside its field that the present one is wrong, and has the focus there", async () => {
    const user = openSettingsOf(
      browser.person,
      <PasswordDialog email={browser.person.email} hasPassword />,
    );
    await user.click(screen.getByRole("button", { name: "Change password" }));
    const dialog = await findDialog("Change password");
    const current = within(dialog).getByLabelText("Current password");
    await user.type(current, "something else");
    await user.type(within(dialog).getByLabelText("New password"), "seven blue whales");
    await user.click(within(dialog).getByRole("button", { name: "Change password" }));
    await waitFor(() => expect(hasError(current, /not the account's password/)).toBe(true));
    expect(current.getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(current);
  });

  it("says what is missing before anything is sent, in the words of the sign-up", async () => {
    const user = openSettingsOf(
      browser.person,
      <PasswordDialog email={browser.person.email} hasPassword />,
    );
    await user.click(screen.getByRole("button", { name: "Change password" }));
    const dialog = await findDialog("Change password");
    const current = within(dialog).getByLabelText("Current password");
    const next = within(dialog).getByLabelText("New password");
    await user.type(next, "short");
    await user.click(within(dialog).getByRole("button", { name: "Change password" }));
    expect(hasError(current, /^Enter your password\.$/)).toBe(true);
    expect(hasError(next, /at least 12 characters\. This one has 5\./)).toBe(true);
    expect(document.activeElement).toBe(current);
  });

  it("tells password managers whose it is and which is which", async () => {
    const user = openSettingsOf(
      browser.person,
      <PasswordDialog email={browser.person.email} hasPassword />,
    );
    await user.click(screen.getByRole("button", { name: "Change password" }));
    const dialog = await findDialog("Change password");
    const kinds = [...dialog.querySelectorAll("input")].map((field) => field.autocomplete);
    expect(kinds).toEqual(["username", "current-password", "new-password"]);
    expect(dialog.querySelector("input")?.value).toBe(browser.person.email);
  });
});

describe("the address", () => {
  it.each([true, false])(
    "is shown and nothing more where the site sends no mail",
    (isConfirmed) => {
      openSettingsOf(
        browser.person,
        <AddressSection email="a@b.example" isConfirmed={isConfirmed} hasMail={false} />,
      );
      expect(screen.getByText("a@b.example")).toBeTruthy();
      expect(screen.queryByText(/confirm|mail,/i)).toBeNull();
      expect(screen.queryByRole("button")).toBeNull();
    },
  );

  it("can be changed and confirmed where it does", () => {
    openSettingsOf(
      browser.person,
      <AddressSection email="a@b.example" isConfirmed={false} hasMail />,
    );
    expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual([
      "Send a new link",
      "Change address",
    ]);
  });
});

describe("another address", () => {
  it("has to look like one before anything is sent", async () => {
    const user = openSettingsOf(
      browser.person,
      <AddressSection email="a@b.example" isConfirmed hasMail />,
    );
    await user.click(screen.getByRole("button", { name: "Change address" }));
    const field = within(await findDialog("Change address")).getByLabelText("New address");
    await user.type(field, "nobody{Enter}");
    expect(hasError(field, /^Enter an e-mail address/)).toBe(true);
    expect(document.activeElement).toBe(field);
  });
});

describe("two-step sign-in", () => {
  it("is turned on with the code of an app, and then shows ten recovery codes", async () => {
    const user = openSettingsOf(browser.person, <TwoStepSection {...off} />);
    await user.click(screen.getByRole("button", { name: "Turn on with an authenticator app" }));
    const dialog = await findDialog("Link an authenticator app");
    expect(within(dialog).getByRole("img", { name: /QR code/ })).toBeTruthy();
    const field = within(dialog).getByLabelText<HTMLInputElement>("Code from the app");
    expect([field.inputMode, field.autocomplete]).toEqual(["numeric", "one-time-code"]);

    await user.type(field, "12{Enter}");
    expect(hasError(field, /^Enter the six digits/)).toBe(true);
    await user.clear(field);
    await user.type(field, "000000{Enter}");
    await waitFor(() => expect(hasError(field, /not right/)).toBe(true));
    expect((await getTwoStep(browser.person.id)).enabled).toBe(false);

    const uri = within(dialog).getByRole<HTMLAnchorElement>("link").href;
    const secret = Secret.fromBase32(new URL(uri).searchParams.get("secret") ?? "");
    await user.clear(field);
    await user.type(field, `${new TOTP({ secret }).generate()}{Enter}`);
    const codes = await findDialog("Save your recovery codes");
    expect(within(codes).getAllByRole("listitem")).toHaveLength(10);
    expect((await getTwoStep(browser.person.id)).enabled).toBe(true);

    await user.click(within(codes).getByRole("button", { name: "I have saved them" }));
    const heading = await screen.findByRole("heading", { name: "Two-step sign-in" });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });

  it("asks for a proof where the sign-in is old, and then goes on where it was", async () => {
    await makeSessionOld(browser.person);
    const user = openSettingsOf(browser.person, <TwoStepSection {...off} />);
    await user.click(screen.getByRole("button", { name: "Turn on with an authenticator app" }));
    const proof = await findDialog("Confirm that it is you");
    await user.type(within(proof).getByLabelText("Password"), password);
    await user.click(within(proof).getByRole("button", { name: "Confirm" }));
    expect(await findDialog("Link an authenticator app")).toBeTruthy();
  });

  it("warns when three recovery codes or fewer are left", () => {
    openSettingsOf(browser.person, <TwoStepSection {...on} recoveryCodesLeft={3} />);
    expect(screen.getByText(/Only 3 left: make new ones/)).toBeTruthy();
  });

  it("says when recovery codes were closed without being saved", async () => {
    await database().twoStep.create({ data: { userId: browser.person.id, enabledAt: new Date() } });
    const user = openSettingsOf(browser.person, <TwoStepSection {...on} />);
    await user.click(screen.getByRole("button", { name: "Make new codes" }));
    const question = await findDialog("Make new recovery codes?");
    await user.click(within(question).getByRole("button", { name: "Make new codes" }));
    await findDialog("Save your recovery codes");
    await user.keyboard("{Escape}");
    expect(await screen.findByText(/If you did not save them, make new ones/)).toBeTruthy();
  });
});

describe("passkeys", () => {
  it("cannot be added where the browser knows none", () => {
    openSettingsOf(browser.person, <PasskeysSection passkeys={[]} canAddPasskeys />);
    expect(screen.getByText("This browser cannot make passkeys.")).toBeTruthy();
  });

  async function addPasskey(name: string): Promise<ShownPasskey> {
    const id = crypto.randomUUID();
    const key = { credentialId: id, publicKey: "AA", counter: 0, transports: "", backedUp: true };
    await database().passkey.create({ data: { id, userId: browser.person.id, name, ...key } });
    return { id, name, createdAt: new Date(), lastUsedAt: null, isSynced: true };
  }

  async function remove(user: ReturnType<typeof openSettingsOf>, name: string) {
    await user.click(screen.getByRole("button", { name: `Remove: ${name}` }));
    const question = await findDialog(`Remove ${name}?`);
    await user.click(within(question).getByRole("button", { name: "Remove" }));
    await screen.findByText(`${name} is removed. Your device may still list it.`);
  }

  it("are removed after a question, and the focus goes to the heading", async () => {
    const user = openSettingsOf(
      browser.person,
      <PasskeysSection passkeys={[await addPasskey("Laptop")]} canAddPasskeys />,
    );
    expect(screen.getByRole("listitem").textContent).toContain(
      "Added today, not used yet. Synced between devices.",
    );
    await remove(user, "Laptop");
    const heading = await screen.findByRole("heading", { name: "Passkeys" });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(await database().passkey.count({ where: { userId: browser.person.id } })).toBe(0);
  });

  it("leave the focus to the neighbor of the one that is removed", async () => {
    const passkeys = [await addPasskey("Laptop"), await addPasskey("Phone")];
    const user = openSettingsOf(
      browser.person,
      <PasskeysSection passkeys={passkeys} canAddPasskeys />,
    );
    await remove(user, "Phone");
    const neighbor = await screen.findByRole("button", { name: "Remove: Laptop" });
    await waitFor(() => expect(document.activeElement).toBe(neighbor));
  });
});

describe("other ways in", () => {
  const github: ShownProvider = { id: "github", name: "GitHub", isLinked: true };

  it("keep the last one, and say so", () => {
    openSettingsOf(
      browser.person,
      <ProvidersSection
        providers={[github]}
        isLastWayIn
        canAddPasskeys
        hasMail
        error={undefined}
      />,
    );
    expect(screen.getByText(/It is your only way in/)).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it.each([
    ["cancelled", /you said no there/],
    ["linked_elsewhere", /somebody else here already/],
    ["constructor", /was not linked\. Try again/],
  ])("tell in words why a link failed with %s", (error, words) => {
    openSettingsOf(
      browser.person,
      <ProvidersSection
        providers={[github]}
        isLastWayIn={false}
        canAddPasskeys
        hasMail
        error={error}
      />,
    );
    expect(screen.getByRole("alert").textContent).toMatch(words);
  });
});

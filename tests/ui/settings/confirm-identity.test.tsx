import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ConfirmIdentityProvider, useConfirmedAction } from "@/app/_account/confirm-identity";
import { describeFailure } from "@/app/_account/explain-failure";
import { postJson } from "@/lib/client/post-json";
import { database } from "@/lib/db/client";
import { openSettings } from "@/tests/support/open-settings";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { signedInBrowser } from "@/tests/support/signed-in-browser";
import { codeOf, forgetUsedCodes, turnOnTwoStep, wrongCodeOf } from "@/tests/support/two-step";

const browser = signedInBrowser(createUserWithPassword);

beforeEach(() => {
  vi.stubGlobal("PublicKeyCredential", class {});
  return () => vi.stubGlobal("PublicKeyCredential", undefined);
});

const keyOf = { name: "script", scopes: ["tasks:read"], expiresIn: null };

/** A change that needs a recent sign-in, and what became of it. */
function MakeKey() {
  const confirmed = useConfirmedAction();
  const [outcome, setOutcome] = useState("");

  async function make() {
    try {
      await confirmed(() => postJson("/api/auth/api-key/create", keyOf));
      setOutcome("Made");
    } catch (error) {
      setOutcome(describeFailure(error));
    }
  }

  return (
    <>
      <button type="button" onClick={() => void make()}>
        Make a key
      </button>
      <output>{outcome}</output>
    </>
  );
}

interface Ways {
  hasPassword?: boolean;
  hasPasskey?: boolean;
}

async function make({ hasPassword = true, hasPasskey = false }: Ways = {}) {
  const user = openSettings(
    <ConfirmIdentityProvider
      user={browser.person}
      hasPassword={hasPassword}
      hasPasskey={hasPasskey}
      providers={[]}
    >
      <MakeKey />
    </ConfirmIdentityProvider>,
  );
  await user.click(screen.getByRole("button", { name: "Make a key" }));
  return user;
}

function dialog() {
  return screen.findByRole("dialog", { name: "Confirm that it is you" });
}

describe("confirming who it is", () => {
  it("asks nothing of a person who has just signed in", async () => {
    await make();
    await screen.findByText("Made");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("asks for the password and then does what was asked for", async () => {
    await makeSessionOld(browser.person);
    const user = await make();
    await dialog();
    const field = screen.getByLabelText<HTMLInputElement>("Password");
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(field.autocomplete).toBe("current-password");
    await user.keyboard(password);
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    await screen.findByText("Made");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("names whose password it is to password managers", async () => {
    await makeSessionOld(browser.person);
    await make();
    const username = (await dialog()).querySelector<HTMLInputElement>("[autocomplete='username']");
    expect(username?.value).toBe(browser.person.email);
  });

  it("says that a password is wrong, keeps it, and does nothing", async () => {
    await makeSessionOld(browser.person);
    const user = await make();
    await dialog();
    const field = screen.getByLabelText<HTMLInputElement>("Password");
    await user.type(field, "wrong");
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    const error = await screen.findByText("That is not your password.");
    expect(field.getAttribute("aria-describedby")).toBe(error.id);
    expect(field.value).toBe("wrong");
    expect(screen.queryByText("Made")).toBeNull();
  });

  it("says when the server cannot be reached, and goes on asking", async () => {
    await makeSessionOld(browser.person);
    browser.server.use(http.post("*/api/auth/verify-password", () => HttpResponse.error()));
    const user = await make();
    await dialog();
    await user.type(screen.getByLabelText("Password"), password);
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    expect((await screen.findByRole("alert")).textContent).toContain("could not be reached");
    await dialog();
  });

  it("changes nothing when the person closes it, and returns the focus", async () => {
    await makeSessionOld(browser.person);
    const user = await make();
    await dialog();
    await user.keyboard("{Escape}");
    await screen.findByText(/Nothing was changed/);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("button", { name: "Make a key" })),
    );
  });

  it("offers a passkey to a person who has one, beside the password", async () => {
    await makeSessionOld(browser.person);
    await make({ hasPasskey: true });
    await dialog();
    screen.getByLabelText("Password");
    screen.getByRole("button", { name: "Use a passkey" });
  });

  it("lets a person with neither password nor passkey sign in again instead", async () => {
    await makeSessionOld(browser.person);
    await make({ hasPassword: false });
    await dialog();
    expect(screen.queryByLabelText("Password")).toBeNull();
    screen.getByRole("button", { name: "Sign in again" });
  });
});

describe("confirming who it is with two-step sign-in on", () => {
  it("asks for the code after the password, in the same dialog, and returns the focus", async () => {
    const { secret } = await turnOnApp();
    const user = await make();
    await typePassword(user);
    const field = await screen.findByLabelText<HTMLInputElement>("Six-digit code");
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect((await dialog()).contains(field)).toBe(true);
    expect(screen.queryByLabelText("Password")).toBeNull();
    expect(field.autocomplete).toBe("one-time-code");
    expect(field.inputMode).toBe("numeric");
    expect(screen.queryByText("Made")).toBeNull();
    const code = codeOf(secret);
    await user.keyboard(`${code.slice(0, 3)} ${code.slice(3)}{Enter}`);
    await screen.findByText("Made");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("button", { name: "Make a key" })),
    );
  });

  it("says beside the field that a code is wrong, keeps it, and takes another", async () => {
    const { secret } = await turnOnApp();
    const user = await make();
    await typePassword(user);
    const field = await screen.findByLabelText<HTMLInputElement>("Six-digit code");
    const wrong = wrongCodeOf(secret);
    await user.keyboard(wrong);
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    const error = await screen.findByText("The code is not right, or was used before.");
    expect(field.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(field.value).toBe(wrong);
    expect(document.activeElement).toBe(field);
    expect(screen.queryByText("Made")).toBeNull();
    await user.clear(field);
    await user.keyboard(`${codeOf(secret)}{Enter}`);
    await screen.findByText("Made");
  });

  it("sends no code that cannot be one", async () => {
    await turnOnApp();
    const user = await make();
    await typePassword(user);
    const field = await screen.findByLabelText("Six-digit code");
    await user.keyboard("12345{Enter}");
    const error = await screen.findByText("Enter the six digits that the app shows now.");
    expect(field.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
  });

  it("takes a recovery code instead, and goes back to the app on request", async () => {
    const { recoveryCodes } = await turnOnApp();
    const user = await make();
    await typePassword(user);
    await screen.findByLabelText("Six-digit code");
    await user.click(screen.getByRole("button", { name: "Use a recovery code" }));
    const field = await screen.findByLabelText("Recovery code");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.click(screen.getByRole("button", { name: "Use the authenticator app" }));
    await screen.findByLabelText("Six-digit code");
    await user.click(screen.getByRole("button", { name: "Use a recovery code" }));
    await user.keyboard("0000-0000-0000-0000{Enter}");
    const error = await screen.findByText("The code is not right, or was used before.");
    const again = screen.getByLabelText<HTMLInputElement>("Recovery code");
    expect(again.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    await user.clear(again);
    await user.keyboard(`${recoveryCodes[0]}{Enter}`);
    await screen.findByText("Made");
  });

  it("says beside the password that it is wrong, and asks for no code before it is right", async () => {
    await turnOnApp();
    const user = await make();
    await dialog();
    await user.type(screen.getByLabelText("Password"), "wrong");
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    await screen.findByText("That is not your password.");
    expect(screen.queryByLabelText("Six-digit code")).toBeNull();
  });

  it("starts with the password again after it was closed", async () => {
    await turnOnApp();
    const user = await make();
    await typePassword(user);
    await screen.findByLabelText("Six-digit code");
    await user.keyboard("{Escape}");
    await screen.findByText(/Nothing was changed/);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Make a key" }));
    await dialog();
    expect(screen.getByLabelText<HTMLInputElement>("Password").value).toBe("");
    expect(screen.queryByLabelText("Six-digit code")).toBeNull();
  });

  it("asks a person with only a passkey for it, or for a recovery code", async () => {
    const recoveryCodes = await turnOnPasskey();
    const user = await make({ hasPasskey: true });
    await typePassword(user);
    await screen.findByText(/Your second step is a passkey/);
    const field = await screen.findByLabelText("Recovery code");
    await waitFor(() => expect(document.activeElement).toBe(field));
    screen.getByRole("button", { name: "Use a passkey" });
    expect(screen.queryByRole("button", { name: "Use the authenticator app" })).toBeNull();
    await user.keyboard(`${recoveryCodes[0]}{Enter}`);
    await screen.findByText("Made");
  });
});

async function typePassword(user: Awaited<ReturnType<typeof make>>): Promise<void> {
  await dialog();
  const field = screen.getByLabelText("Password");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await user.keyboard(password);
  await user.click(screen.getByRole("button", { name: "Confirm" }));
}

/** With codes that count as unused, for a person who has to confirm who they are. */
async function turnOnApp() {
  const on = await turnOnTwoStep(browser.person);
  await forgetUsedCodes(browser.person);
  await makeSessionOld(browser.person);
  return on;
}

/** As of somebody without an app. To make a real passkey takes cookies, which happy-dom drops. */
async function turnOnPasskey(): Promise<string[]> {
  const { recoveryCodes } = await turnOnApp();
  await database().twoStep.update({
    where: { userId: browser.person.id },
    data: { secret: null, lastStep: null },
  });
  return recoveryCodes;
}

import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ForgotPassword } from "@/app/(auth)/forgot-password/forgot-password";
import { ResetPassword } from "@/app/(auth)/reset-password/reset-password";
import { ConfirmAddress } from "@/app/(auth)/verify-email/confirm-address";
import { findOneTimeToken, issueOneTimeToken, type Purpose } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { givePassword, password } from "@/tests/support/password";
import { createUser, type SignedIn } from "@/tests/support/users";
import { visitorBrowser } from "@/tests/support/visitor-browser";

const newPassword = "five brown herons sleep";
const cutShort = "cut-short";
const assign = vi.spyOn(window.location, "assign");

let person: SignedIn;

visitorBrowser();

beforeEach(async () => {
  assign.mockReset().mockImplementation(() => {});
  person = await createUser();
  window.history.replaceState(null, "", `/a-page?token=${cutShort}`);
});

function issue(purpose: Purpose): Promise<string> {
  return issueOneTimeToken(person.id, purpose, 60, person.email);
}

function countLinks(purpose: Purpose): Promise<number> {
  return database().oneTimeToken.count({ where: { userId: person.id, purpose } });
}

describe("a link to confirm an address", () => {
  async function isConfirmed(): Promise<boolean> {
    const stored = await database().user.findUniqueOrThrow({ where: { id: person.id } });
    return stored.emailVerified;
  }

  function show(link: "own" | "other" | "dead", token: string, ownEmail: string | null = null) {
    render(<ConfirmAddress token={token} ownEmail={ownEmail} isConfirmed={false} link={link} />);
  }

  it("does nothing by itself, and its token leaves the address bar", async () => {
    const token = await issue("verify-email");
    show("other", token);
    await waitFor(() => expect(window.location.href).toMatch(/\/a-page$/));
    expect(await isConfirmed()).toBe(false);
    expect(await findOneTimeToken(token, "verify-email")).not.toBeNull();
  });

  it("confirms for the right password, and says so where the focus is", async () => {
    await givePassword(person.id);
    show("other", await issue("verify-email"));
    const field = screen.getByLabelText("Password");
    await userEvent.click(screen.getByRole("button", { name: "Confirm address" }));
    expect(await screen.findByText("Enter your password.")).toBeTruthy();
    expect(document.activeElement).toBe(field);
    await userEvent.type(field, "not it at all{Enter}");
    expect(await screen.findByText("The password is not the account's password.")).toBeTruthy();
    expect(await isConfirmed()).toBe(false);
    await userEvent.clear(field);
    await userEvent.type(field, `${password}{Enter}`);
    const heading = await screen.findByRole("heading", { name: "Your address is confirmed" });
    expect(document.activeElement).toBe(heading);
    expect(await isConfirmed()).toBe(true);
  });

  it("leads who does not know the password to a new one", async () => {
    show("other", await issue("verify-email"));
    const way = screen.getByRole("link", { name: "Choose a new password" });
    expect(way.getAttribute("href")).toBe("/forgot-password");
  });

  it("asks for no password where it is the account that is signed in", async () => {
    show("own", await issue("verify-email"), person.email);
    expect(screen.queryByLabelText("Password")).toBeNull();
    expect(screen.getByRole("button", { name: "Confirm address" })).toBeTruthy();
  });

  it("asks for the password once the session turns out to be over", async () => {
    await givePassword(person.id);
    show("own", await issue("verify-email"), person.email);
    await userEvent.click(screen.getByRole("button", { name: "Confirm address" }));
    expect(await screen.findByText(/^The password is needed, since nobody is/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Password"), `${password}{Enter}`);
    expect(await screen.findByRole("heading", { name: "Your address is confirmed" })).toBeTruthy();
  });

  it("says at once that it does not work, and sends a new one", async () => {
    show("dead", cutShort, person.email);
    expect(screen.getByRole("heading", { name: "This link does not work" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Send the link again" }));
    expect(await screen.findByText(/a new link is on its way/)).toBeTruthy();
    await waitFor(async () => expect(await countLinks("verify-email")).toBe(1));
  });

  it("says that it stopped working while its page was open", async () => {
    show("own", cutShort, person.email);
    await userEvent.click(screen.getByRole("button", { name: "Confirm address" }));
    const heading = await screen.findByRole("heading", { name: "This link does not work" });
    expect(document.activeElement).toBe(heading);
  });
});

describe("a link to choose a new password", () => {
  async function choose(token: string, typed: string) {
    render(<ResetPassword token={token} />);
    await userEvent.type(screen.getByLabelText("New password"), `${typed}{Enter}`);
  }

  it("sets the password and leads to the sign-in page", async () => {
    await choose(await issue("reset-password"), newPassword);
    await waitFor(() => expect(assign).toHaveBeenCalledWith("/sign-in?reset=1"));
    const stored = await database().account.findFirstOrThrow({ where: { userId: person.id } });
    expect(stored).toMatchObject({ providerId: "credential", password: expect.any(String) });
  });

  it("says beside the field what is wrong with the password, and keeps it and the link", async () => {
    const token = await issue("reset-password");
    await choose(token, "passwordpassword");
    expect(await screen.findByText(/is one of the most common passwords/)).toBeTruthy();
    const field = screen.getByLabelText<HTMLInputElement>("New password");
    expect([field.value, field.autocomplete]).toEqual(["passwordpassword", "new-password"]);
    expect(document.activeElement).toBe(field);
    expect(await findOneTimeToken(token, "reset-password")).not.toBeNull();
  });

  it("leads to a new link when it does not work", async () => {
    await choose(cutShort, newPassword);
    const way = await screen.findByRole("link", { name: "Get a new link" });
    expect(way.getAttribute("href")).toBe("/forgot-password");
  });
});

describe("asking for a link", () => {
  async function ask(email: string) {
    render(<ForgotPassword />);
    await userEvent.type(screen.getByLabelText("E-mail"), `${email}{Enter}`);
    const heading = await screen.findByRole("heading", { name: "Check your mail" });
    expect(document.activeElement).toBe(heading);
    expect(heading.parentElement?.textContent).toContain(
      `If there is an account for ${email}, a link is on its way. It works for an hour.`,
    );
  }

  it("says the same whether or not the address has an account", () => ask("nobody@example.test"));

  it("sends one, and another where it is asked for again", async () => {
    await ask(person.email);
    await waitFor(async () => expect(await countLinks("reset-password")).toBe(1));
    await userEvent.click(screen.getByRole("button", { name: "Send the link again" }));
    await screen.findByText("Asked for once more.");
    await waitFor(async () => expect(await countLinks("reset-password")).toBe(2));
  });
});

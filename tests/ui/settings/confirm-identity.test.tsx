import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { useState } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConfirmIdentityProvider, useConfirmedAction } from "@/app/settings/confirm-identity";
import { failureWords } from "@/app/settings/failure-words";
import { postJson } from "@/lib/client/post-json";
import { openTestDatabase } from "@/tests/support/database";
import { openSettings } from "@/tests/support/open-settings";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { signedInWire } from "@/tests/support/signed-in-wire";
import type { SignedIn } from "@/tests/support/users";

let person: SignedIn;
let closeDatabase: () => Promise<void>;
const server = setupServer(signedInWire(() => person));

beforeAll(async () => {
  closeDatabase = await openTestDatabase();
  server.listen({ onUnhandledRequest: "error" });
});

beforeEach(async () => {
  person = await createUserWithPassword();
});

afterEach(() => server.resetHandlers());

afterAll(async () => {
  server.close();
  await closeDatabase();
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
      setOutcome(failureWords(error));
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
      user={person}
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
  it("asks nothing of who has just signed in", async () => {
    await make();
    await screen.findByText("Made");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("asks for the password and then does what was asked for", async () => {
    await makeSessionOld(person);
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
    await makeSessionOld(person);
    await make();
    const username = (await dialog()).querySelector<HTMLInputElement>("[autocomplete='username']");
    expect(username?.value).toBe(person.email);
  });

  it("says that a password is wrong, keeps it, and does nothing", async () => {
    await makeSessionOld(person);
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
    await makeSessionOld(person);
    server.use(http.post("*/api/auth/verify-password", () => HttpResponse.error()));
    const user = await make();
    await dialog();
    await user.type(screen.getByLabelText("Password"), password);
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    expect((await screen.findByRole("alert")).textContent).toContain("could not be reached");
    await dialog();
  });

  it("changes nothing when the person closes it, and returns the focus", async () => {
    await makeSessionOld(person);
    const user = await make();
    await dialog();
    await user.keyboard("{Escape}");
    await screen.findByText(/Nothing was changed/);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("button", { name: "Make a key" })),
    );
  });

  it("offers a passkey to who has one, beside the password", async () => {
    await makeSessionOld(person);
    await make({ hasPasskey: true });
    await dialog();
    screen.getByLabelText("Password");
    screen.getByRole("button", { name: "Use a passkey" });
  });

  it("leaves who has neither password nor passkey a way: signing in again", async () => {
    await makeSessionOld(person);
    await make({ hasPassword: false });
    await dialog();
    expect(screen.queryByLabelText("Password")).toBeNull();
    screen.getByRole("button", { name: "Sign in again" });
  });
});

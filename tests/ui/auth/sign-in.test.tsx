import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SignIn } from "@/app/(auth)/sign-in/sign-in";
import { createUserWithPassword, password } from "@/tests/support/password";
import { protectedUser } from "@/tests/support/second-step";
import { codeOf, forgetUsedCodes, wrongCodeOf } from "@/tests/support/two-step";
import { visitorBrowser } from "@/tests/support/visitor-browser";

const sessionCookie = "evo-todo-3000.session_token";
const assign = vi.spyOn(window.location, "assign");
const browser = visitorBrowser();

const page = (
  <SignIn
    next="/tasks?status=open"
    providers={[]}
    hasPasskeys
    mustBeConfirmed={false}
    notice={null}
    links={null}
  />
);

beforeEach(() => {
  assign.mockReset().mockImplementation(() => {});
});

function fields() {
  return {
    email: screen.getByLabelText<HTMLInputElement>("E-mail"),
    password: screen.getByLabelText<HTMLInputElement>("Password"),
  };
}

async function signIn({ email }: { email: string }, typed = password) {
  const user = userEvent.setup();
  render(page);
  await user.type(fields().email, email);
  await user.click(fields().password);
  await user.paste(typed);
  await user.keyboard("{Enter}");
  return user;
}

describe("the page for signing in", () => {
  it("signs in and opens the next page", async () => {
    await signIn(await createUserWithPassword());
    await waitFor(() => expect(assign).toHaveBeenCalledWith("/tasks?status=open"));
    expect(browser.cookies()).toContain(sessionCookie);
  });

  it("says that address and password do not match, and nobody is signed in", async () => {
    await signIn(await createUserWithPassword(), "something else");
    expect((await screen.findByRole("alert")).textContent).toContain("Check both and try again.");
    expect(assign).not.toHaveBeenCalled();
    expect(browser.cookies()).not.toContain(sessionCookie);
  });

  it("keeps what was typed when the server cannot be reached, and says so", async () => {
    browser.server.use(http.post("*/api/auth/sign-in/email", () => HttpResponse.error()));
    await signIn({ email: "ada@example.com" });
    expect((await screen.findByRole("alert")).textContent).toContain("could not be reached");
    expect(fields().email.value).toBe("ada@example.com");
    expect(fields().password.value).toBe(password);
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "Sign in" });
    expect(button.disabled).toBe(false);
    expect(assign).not.toHaveBeenCalled();
  });

  it("shows the password on request, and hides it again", async () => {
    const user = userEvent.setup();
    render(page);
    expect(fields().password.type).toBe("password");
    await user.click(screen.getByRole("button", { name: "Show password" }));
    expect(fields().password.type).toBe("text");
    await user.click(screen.getByRole("button", { name: "Hide password" }));
    expect(fields().password.type).toBe("password");
  });

  it("tells password managers what each field is, and offers passkeys in the first", () => {
    render(page);
    expect(fields().email.getAttribute("autocomplete")).toBe("username webauthn");
    expect(fields().password.autocomplete).toBe("current-password");
  });

  it("cannot be sent before React runs, and would not put the password into the address", () => {
    const html = renderToString(page);
    expect(html).toMatch(/<form[^>]* method="post"/);
    expect(html).toMatch(/<button type="submit"[^>]* disabled=""/);
  });
});

describe("the second step", () => {
  async function takeFirstStep() {
    const { user: person, secret, recoveryCodes } = await protectedUser();
    await forgetUsedCodes(person);
    const user = await signIn(person);
    const code = await screen.findByLabelText<HTMLInputElement>("Six-digit code");
    return { user, person, secret, recoveryCodes, code };
  }

  it("is asked for in place, and only then the next page opens", async () => {
    const { user, secret, code } = await takeFirstStep();
    expect(document.activeElement).toBe(code);
    expect([code.autocomplete, code.inputMode]).toEqual(["one-time-code", "numeric"]);
    expect(assign).not.toHaveBeenCalled();
    expect(browser.cookies()).not.toContain(sessionCookie);
    const digits = codeOf(secret);
    await user.keyboard(`${digits.slice(0, 3)} ${digits.slice(3)}{Enter}`);
    await waitFor(() => expect(assign).toHaveBeenCalledOnce());
    expect(browser.cookies()).toContain(sessionCookie);
  });

  it("says beside the code that it is wrong, and keeps it", async () => {
    const { user, secret, code } = await takeFirstStep();
    const wrong = wrongCodeOf(secret);
    await user.keyboard(`${wrong}{Enter}`);
    const error = await screen.findByText("The code is not right, or was used before.");
    expect(code.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(document.activeElement).toBe(code);
    expect(code.value).toBe(wrong);
    expect(browser.cookies()).not.toContain(sessionCookie);
  });

  it("takes a recovery code instead, and leads back to the address that was typed", async () => {
    const { user, person, recoveryCodes } = await takeFirstStep();
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(fields().email.value).toBe(person.email);
    expect(document.activeElement?.textContent).toBe("Sign in");
    await user.type(fields().password, `${password}{Enter}`);
    await user.click(await screen.findByRole("button", { name: "Use a recovery code" }));
    await user.keyboard(`${recoveryCodes[0]}{Enter}`);
    await waitFor(() => expect(assign).toHaveBeenCalledOnce());
    expect(browser.cookies()).toContain(sessionCookie);
  });
});

import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { SignIn } from "@/app/(auth)/sign-in/sign-in";
import { SignUp } from "@/app/(auth)/sign-up/sign-up";
import { database } from "@/lib/db/client";
import { createUserWithPassword, password } from "@/tests/support/password";
import { randomText } from "@/tests/support/users";
import { visitorBrowser } from "@/tests/support/visitor-browser";

vi.hoisted(() => vi.stubEnv("REQUIRE_EMAIL_VERIFICATION", "1"));

const assign = vi.spyOn(window.location, "assign").mockImplementation(() => {});
const browser = visitorBrowser();

async function fillIn(email: string) {
  const user = userEvent.setup();
  await user.type(screen.getByLabelText("E-mail"), email);
  await user.type(screen.getByLabelText("Password"), `${password}{Enter}`);
  return user;
}

describe("where addresses have to be confirmed", () => {
  it("signing in offers the link again to who could not get in", async () => {
    const { id, email } = await createUserWithPassword();
    render(
      <SignIn
        next="/tasks"
        providers={[]}
        hasPasskeys
        mustBeConfirmed
        notice={null}
        links={null}
      />,
    );
    const user = await fillIn(email);
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("or the address is not confirmed yet.");
    await user.click(screen.getByRole("button", { name: "Send the link again" }));
    expect(await screen.findByText(/a new link is on its way/)).toBeTruthy();
    await waitFor(async () =>
      expect(await database().oneTimeToken.count({ where: { userId: id } })).toBe(1),
    );
  });

  it("signing up sends people to their mail, and back", async () => {
    const email = `${randomText(6)}@example.test`;
    render(<SignUp next="/tasks" providers={[]} confirmsFirst links={null} />);
    const user = await fillIn(email);
    const heading = await screen.findByRole("heading", { name: "Check your mail" });
    expect(document.activeElement).toBe(heading);
    expect(screen.getByText(email)).toBeTruthy();
    expect(assign).not.toHaveBeenCalled();
    expect(browser.cookies()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Use another address" }));
    expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe(email);
  });
});

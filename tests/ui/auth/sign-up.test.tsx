import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SignUp } from "@/app/(auth)/sign-up/sign-up";
import { database } from "@/lib/db/client";
import { answerBrowser } from "@/tests/support/answer-browser";
import { createUser, randomText } from "@/tests/support/users";
import { visitorBrowser } from "@/tests/support/visitor-browser";

const password = "quiet otter reads maps";
const assign = vi.spyOn(window.location, "assign");
const browser = visitorBrowser();
const page = <SignUp next="/tasks" providers={[]} confirmsFirst={false} links={null} />;

beforeEach(() => {
  assign.mockReset().mockImplementation(() => {});
});

function passwordField() {
  return screen.getByLabelText<HTMLInputElement>("Password");
}

function tasksOf(email: string) {
  return database().task.count({ where: { owner: { user: { email } } } });
}

async function signUp(typed: { email?: string; password?: string } = {}) {
  const email = typed.email ?? `${randomText(6)}@example.test`;
  const user = userEvent.setup();
  render(page);
  await user.type(screen.getByLabelText("E-mail"), email);
  await user.click(passwordField());
  await user.paste(typed.password ?? password);
  await user.keyboard("{Enter}");
  return email;
}

describe("the page for signing up", () => {
  it("makes an account, signs in and opens the next page", async () => {
    const email = await signUp();
    await waitFor(() => expect(assign).toHaveBeenCalledWith("/tasks"));
    expect(await database().user.count({ where: { email } })).toBe(1);
    expect(browser.cookies()).toContain("evo-todo-3000.session_token");
    expect(await tasksOf(email)).toBe(5);
  });

  it("leaves an account with its tasks where the answer is lost on its way", async () => {
    browser.server.use(
      http.post("*/api/auth/sign-up/email", async ({ request }) => {
        await answerBrowser(request, "");
        return HttpResponse.error();
      }),
    );
    const email = await signUp();
    await screen.findByRole("alert");
    browser.server.resetHandlers();
    await userEvent.click(screen.getByRole("button", { name: "Create account" }));
    await screen.findByText(/An account with this address exists already/);
    expect(await tasksOf(email)).toBe(5);
  });

  it("says beside the address that it has an account, and keeps what was typed", async () => {
    const { email } = await createUser();
    await signUp({ email });
    const error = await screen.findByText(/An account with this address exists already/);
    const field = screen.getByLabelText<HTMLInputElement>("E-mail");
    expect(field.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect([document.activeElement, field.value]).toEqual([field, email]);
    expect(assign).not.toHaveBeenCalled();
  });

  it("refuses a short password before sending it, tied to its field and focused", async () => {
    await signUp({ password: "eleven char" });
    const error = await screen.findByText("Use at least 12 characters. This one has 11.");
    expect(passwordField().getAttribute("aria-invalid")).toBe("true");
    expect(passwordField().getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(document.activeElement).toBe(passwordField());
  });

  it("counts a password in code points", async () => {
    await signUp({ password: "🦊".repeat(11) });
    expect(await screen.findByText("Use at least 12 characters. This one has 11.")).toBeTruthy();
  });

  it("tells password managers what each field is", () => {
    render(page);
    expect(screen.getByLabelText("E-mail").getAttribute("autocomplete")).toBe("username");
    expect(passwordField().autocomplete).toBe("new-password");
  });
});

// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { SignUp } from "@/app/(auth)/sign-up/sign-up";

const server = setupServer();
const password = "correct horse battery";
const assign = vi.spyOn(window.location, "assign").mockImplementation(() => {});

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});

afterEach(() => {
  server.resetHandlers();
  cleanup();
  assign.mockClear();
});

afterAll(() => server.close());

function passwordField() {
  return screen.getByLabelText<HTMLInputElement>("Password");
}

async function fillIn(typedPassword = password) {
  const user = userEvent.setup();
  render(<SignUp next="/tasks" providers={[]} confirmsFirst={false} links={null} />);
  await user.type(screen.getByLabelText("E-mail"), "ada@example.com");
  await user.click(passwordField());
  await user.paste(typedPassword);
  await user.keyboard("{Enter}");
  return user;
}

describe("the page for signing up", () => {
  it("signs up and opens the next page", async () => {
    let sent: unknown;
    server.use(
      http.post("*/api/auth/sign-up/email", async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ user: { id: "1" } });
      }),
    );
    await fillIn();
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/tasks"));
    expect(sent).toEqual({ email: "ada@example.com", password });
  });

  it("sends people to their mail where the address has to be confirmed, and back", async () => {
    const answer = { user: null, verificationRequired: true };
    server.use(http.post("*/api/auth/sign-up/email", () => HttpResponse.json(answer)));
    const user = await fillIn();
    const heading = await screen.findByRole("heading", { name: "Check your mail" });
    expect(document.activeElement).toBe(heading);
    expect(screen.getByText("ada@example.com")).toBeTruthy();
    expect(assign).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Use another address" }));
    expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("ada@example.com");
  });

  it("refuses a short password before sending it, tied to its field and focused", async () => {
    await fillIn("eleven char");
    const error = await screen.findByText("Use at least 12 characters. This one has 11.");
    expect(passwordField().getAttribute("aria-invalid")).toBe("true");
    expect(passwordField().getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(document.activeElement).toBe(passwordField());
  });

  it("counts a password in code points", async () => {
    await fillIn("🦊".repeat(11));
    expect(await screen.findByText("Use at least 12 characters. This one has 11.")).toBeTruthy();
  });

  it("tells password managers what each field is", () => {
    render(<SignUp next="/tasks" providers={[]} confirmsFirst={false} links={null} />);
    expect(screen.getByLabelText("E-mail").getAttribute("autocomplete")).toBe("username");
    expect(passwordField().autocomplete).toBe("new-password");
  });
});

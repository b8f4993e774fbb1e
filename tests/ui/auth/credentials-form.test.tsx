// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { renderToString } from "react-dom/server";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { CredentialsForm } from "@/app/(auth)/credentials-form";

const server = setupServer();
const password = "correct horse battery";
let assign = vi.spyOn(window.location, "assign");

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});

afterEach(() => {
  server.resetHandlers();
  cleanup();
  assign.mockReset();
});

afterAll(() => server.close());

function fields() {
  return {
    email: screen.getByLabelText<HTMLInputElement>("E-mail"),
    password: screen.getByLabelText<HTMLInputElement>("Password"),
  };
}

async function fillIn(purpose: "sign-in" | "sign-up", typedPassword = password) {
  assign = vi.spyOn(window.location, "assign").mockImplementation(() => {});
  const user = userEvent.setup();
  render(<CredentialsForm purpose={purpose} next="/tasks?status=open" />);
  await user.type(fields().email, "ada@example.com");
  await user.click(fields().password);
  await user.paste(typedPassword);
  await user.keyboard("{Enter}");
  return user;
}

describe("the form for signing in and up", () => {
  it("signs up with the name taken from the address and opens the next page", async () => {
    let sent: unknown;
    server.use(
      http.post("*/api/auth/sign-up/email", async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ user: { id: "1" } });
      }),
    );
    await fillIn("sign-up");
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/tasks?status=open"));
    expect(sent).toEqual({ email: "ada@example.com", password, name: "ada" });
  });

  it("signs in with address and password alone", async () => {
    let sent: unknown;
    server.use(
      http.post("*/api/auth/sign-in/email", async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ user: { id: "1" } });
      }),
    );
    await fillIn("sign-in");
    await vi.waitFor(() => expect(assign).toHaveBeenCalledOnce());
    expect(sent).toEqual({ email: "ada@example.com", password });
  });

  it("keeps what was typed when the server cannot be reached, and says so", async () => {
    server.use(http.post("*/api/auth/sign-in/email", () => HttpResponse.error()));
    await fillIn("sign-in");
    expect((await screen.findByRole("alert")).textContent).toContain("could not be reached");
    expect(fields().email.value).toBe("ada@example.com");
    expect(fields().password.value).toBe(password);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Sign in" }).disabled).toBe(false);
    expect(assign).not.toHaveBeenCalled();
  });

  it("refuses a short new password before sending it, tied to its field and focused", async () => {
    await fillIn("sign-up", "eleven char");
    const field = fields().password;
    const error = await screen.findByText("Use at least 12 characters. This one has 11.");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(field.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(document.activeElement).toBe(field);
  });

  it("counts a password in code points", async () => {
    await fillIn("sign-up", "🦊".repeat(11));
    expect(await screen.findByText("Use at least 12 characters. This one has 11.")).toBeTruthy();
  });

  it("shows the password on request, and hides it again", async () => {
    const user = userEvent.setup();
    render(<CredentialsForm purpose="sign-in" next="/tasks" />);
    expect(fields().password.type).toBe("password");
    await user.click(screen.getByRole("button", { name: "Show password" }));
    expect(fields().password.type).toBe("text");
    await user.click(screen.getByRole("button", { name: "Hide password" }));
    expect(fields().password.type).toBe("password");
  });

  it("tells password managers what each field is", () => {
    render(<CredentialsForm purpose="sign-up" next="/tasks" />);
    expect(fields().email.autocomplete).toBe("username");
    expect(fields().password.autocomplete).toBe("new-password");
  });

  it("cannot be sent before React runs, and would not put the password into the address", () => {
    const html = renderToString(<CredentialsForm purpose="sign-in" next="/tasks" />);
    expect(html).toMatch(/<form[^>]* method="post"/);
    expect(html).toMatch(/<button type="submit"[^>]* disabled=""/);
  });
});

// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ForgotPassword } from "@/app/(auth)/forgot-password/forgot-password";
import { ResetPassword } from "@/app/(auth)/reset-password/reset-password";
import { ConfirmAddress } from "@/app/(auth)/verify-email/confirm-address";

const server = setupServer();
const token = "token-of-a-mail";
const assign = vi.spyOn(window.location, "assign");
const deadLink = {
  code: "invalid_input",
  errors: [{ pointer: "/token", detail: "does not work, or no longer" }],
};

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});

beforeEach(() => {
  assign.mockReset().mockImplementation(() => {});
  window.history.replaceState(null, "", `/a-page?token=${token}`);
});

afterEach(() => {
  server.resetHandlers();
  cleanup();
});

afterAll(() => server.close());

function answerAt(path: string, status: number, body: object): unknown[] {
  const sent: unknown[] = [];
  server.use(
    http.post(`*/api/auth${path}`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(body, { status });
    }),
  );
  return sent;
}

describe("a link to confirm an address", () => {
  it("does nothing by itself, and its token leaves the address bar", async () => {
    render(<ConfirmAddress token={token} ownEmail={null} isConfirmed={false} isOwn={false} />);
    await vi.waitFor(() => expect(window.location.href).toMatch(/\/a-page$/));
  });

  it("confirms at the press of the button, and says so where the focus is", async () => {
    const sent = answerAt("/verify-email", 200, { status: true });
    render(<ConfirmAddress token={token} ownEmail={null} isConfirmed={false} isOwn={false} />);
    await userEvent.click(screen.getByRole("button", { name: "Confirm address" }));
    const heading = await screen.findByRole("heading", { name: "Your address is confirmed" });
    expect(document.activeElement).toBe(heading);
    expect(sent).toEqual([{ token }]);
  });

  it("says that it does not work, and sends a new one", async () => {
    answerAt("/verify-email", 400, deadLink);
    const sent = answerAt("/send-verification-email", 200, { status: true });
    render(<ConfirmAddress token={token} ownEmail="ada@example.com" isConfirmed={false} isOwn />);
    await userEvent.click(screen.getByRole("button", { name: "Confirm address" }));
    expect(await screen.findByRole("heading", { name: "This link does not work" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Send the link again" }));
    expect(await screen.findByText(/a new link is on its way/)).toBeTruthy();
    expect(sent).toEqual([{ email: "ada@example.com" }]);
  });
});

describe("a link to choose a new password", () => {
  async function choose(newPassword: string) {
    render(<ResetPassword token={token} />);
    await userEvent.type(screen.getByLabelText("New password"), `${newPassword}{Enter}`);
  }

  it("sets the password and leads to the sign-in page", async () => {
    const sent = answerAt("/reset-password", 200, { status: true });
    await choose("correct horse battery");
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/sign-in?reset=1"));
    expect(sent).toEqual([{ token, newPassword: "correct horse battery" }]);
  });

  it("says beside the field what is wrong with the password, and keeps it", async () => {
    const errors = [{ pointer: "/newPassword", detail: "is one of the most common passwords" }];
    answerAt("/reset-password", 400, { code: "invalid_input", errors });
    await choose("passwordpassword");
    expect(await screen.findByText(/is one of the most common passwords/)).toBeTruthy();
    const field = screen.getByLabelText<HTMLInputElement>("New password");
    expect([field.value, field.autocomplete]).toEqual(["passwordpassword", "new-password"]);
    expect(document.activeElement).toBe(field);
  });

  it("leads to a new link when it does not work", async () => {
    answerAt("/reset-password", 400, deadLink);
    await choose("correct horse battery");
    const way = await screen.findByRole("link", { name: "Get a new link" });
    expect(way.getAttribute("href")).toBe("/forgot-password");
  });
});

it("asking for a link says the same whoever has an account, and it can be asked for again", async () => {
  const sent = answerAt("/request-password-reset", 200, { status: true });
  render(<ForgotPassword />);
  await userEvent.type(screen.getByLabelText("E-mail"), "ada@example.com{Enter}");
  const heading = await screen.findByRole("heading", { name: "Check your mail" });
  expect(document.activeElement).toBe(heading);
  expect(heading.parentElement?.textContent).toContain(
    "If there is an account for ada@example.com, a link is on its way. It works for an hour.",
  );
  await userEvent.click(screen.getByRole("button", { name: "Send the link again" }));
  await vi.waitFor(() => expect(sent).toHaveLength(2));
});

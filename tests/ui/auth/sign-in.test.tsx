// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { renderToString } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { SignIn } from "@/app/(auth)/sign-in/sign-in";

const server = setupServer();
const password = "correct horse battery";
const assign = vi.spyOn(window.location, "assign");

const page = (
  <SignIn next="/tasks?status=open" providers={[]} mustBeConfirmed notice={null} links={null} />
);

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});

beforeEach(() => {
  assign.mockReset().mockImplementation(() => {});
});

afterEach(() => {
  server.resetHandlers();
  cleanup();
});

afterAll(() => server.close());

function fields() {
  return {
    email: screen.getByLabelText<HTMLInputElement>("E-mail"),
    password: screen.getByLabelText<HTMLInputElement>("Password"),
  };
}

/** Answers one route from now on, and keeps what was sent to it. */
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

async function fillIn() {
  const user = userEvent.setup();
  render(page);
  await user.type(fields().email, "ada@example.com");
  await user.click(fields().password);
  await user.paste(password);
  await user.keyboard("{Enter}");
  return user;
}

const secondStep = { twoFactorRedirect: true, twoFactorMethods: ["totp", "backup-code"] };

describe("the page for signing in", () => {
  it("sends address and password alone and opens the next page", async () => {
    const sent = answerAt("/sign-in/email", 200, { user: { id: "1" } });
    await fillIn();
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/tasks?status=open"));
    expect(sent).toEqual([{ email: "ada@example.com", password }]);
  });

  it("keeps what was typed when the server cannot be reached, and says so", async () => {
    server.use(http.post("*/api/auth/sign-in/email", () => HttpResponse.error()));
    await fillIn();
    expect((await screen.findByRole("alert")).textContent).toContain("could not be reached");
    expect(fields().email.value).toBe("ada@example.com");
    expect(fields().password.value).toBe(password);
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "Sign in" });
    expect(button.disabled).toBe(false);
    expect(assign).not.toHaveBeenCalled();
  });

  it("offers the link again where addresses have to be confirmed", async () => {
    const detail = "They do not belong to an account, or the address is not confirmed yet.";
    answerAt("/sign-in/email", 401, { code: "unauthenticated", detail });
    const sent = answerAt("/send-verification-email", 200, { status: true });
    const user = await fillIn();
    expect((await screen.findByRole("alert")).textContent).toContain(detail);
    await user.click(screen.getByRole("button", { name: "Send the link again" }));
    expect(await screen.findByText(/a new link is on its way/)).toBeTruthy();
    expect(sent).toEqual([{ email: "ada@example.com" }]);
  });

  it("asks for the second step in place, and only then opens the next page", async () => {
    answerAt("/sign-in/email", 200, secondStep);
    const sent = answerAt("/two-factor/verify-totp", 200, { user: { id: "1" } });
    const user = await fillIn();
    const code = await screen.findByLabelText<HTMLInputElement>("Six-digit code");
    expect(document.activeElement).toBe(code);
    expect([code.autocomplete, code.inputMode]).toEqual(["one-time-code", "numeric"]);
    expect(assign).not.toHaveBeenCalled();
    await user.keyboard("123 456{Enter}");
    await vi.waitFor(() => expect(assign).toHaveBeenCalledOnce());
    expect(sent).toEqual([{ code: "123456" }]);
  });

  it("says beside the code that it is wrong, and keeps it", async () => {
    answerAt("/sign-in/email", 200, secondStep);
    const errors = [{ pointer: "/code", detail: "is not right, or was used before" }];
    answerAt("/two-factor/verify-totp", 400, { code: "invalid_input", errors });
    const user = await fillIn();
    const code = await screen.findByLabelText<HTMLInputElement>("Six-digit code");
    await user.keyboard("123456{Enter}");
    const error = await screen.findByText("The code is not right, or was used before.");
    expect(code.getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(document.activeElement).toBe(code);
    expect(code.value).toBe("123456");
  });

  it("takes a recovery code instead, and leads back to the address that was typed", async () => {
    answerAt("/sign-in/email", 200, secondStep);
    const sent = answerAt("/two-factor/verify-backup-code", 200, { user: { id: "1" } });
    const user = await fillIn();
    await user.click(await screen.findByRole("button", { name: "Back" }));
    expect(fields().email.value).toBe("ada@example.com");
    expect(document.activeElement?.textContent).toBe("Sign in");
    await user.type(fields().password, `${password}{Enter}`);
    await user.click(await screen.findByRole("button", { name: "Use a recovery code" }));
    await user.keyboard("ABCD-EFGH{Enter}");
    await vi.waitFor(() => expect(assign).toHaveBeenCalledOnce());
    expect(sent).toEqual([{ code: "ABCD-EFGH" }]);
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

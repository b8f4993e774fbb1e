// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { ConfirmAddress } from "@/app/(auth)/verify-email/confirm-address";

const server = setupServer();
const token = "token-of-a-mail";
const notMine = { name: "I did not make this account" };

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => window.history.replaceState(null, "", `/a-page?token=${token}`));
afterEach(() => {
  server.resetHandlers();
  cleanup();
});
afterAll(() => server.close());

function answer(status: number, body: object): unknown[] {
  const sent: unknown[] = [];
  server.use(
    http.post("*/api/auth/decline-account", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(body, { status });
    }),
  );
  return sent;
}

function show(isOwn = false) {
  render(<ConfirmAddress token={token} ownEmail={null} isConfirmed={false} isOwn={isOwn} />);
}

it("who did not make the account is asked once more before it is removed", async () => {
  const sent = answer(200, { status: true });
  show();
  await userEvent.click(screen.getByRole("button", notMine));
  const question = await screen.findByRole("heading", { name: "Remove the account?" });
  expect(document.activeElement).toBe(question);
  expect(sent).toEqual([]);

  await userEvent.click(screen.getByRole("button", { name: "Remove account" }));
  const heading = await screen.findByRole("heading", { name: "The account is gone" });
  expect(document.activeElement).toBe(heading);
  expect(sent).toEqual([{ token }]);
  const way = screen.getByRole("link", { name: "Create an account" });
  expect(way.getAttribute("href")).toBe("/sign-up");
});

it("who goes back finds the focus where it was, and nothing is removed", async () => {
  const sent = answer(200, { status: true });
  show();
  await userEvent.click(screen.getByRole("button", notMine));
  await userEvent.click(screen.getByRole("button", { name: "Back" }));
  expect(document.activeElement).toBe(screen.getByRole("button", notMine));
  expect(screen.getByRole("button", { name: "Confirm address" })).toBeTruthy();
  expect(sent).toEqual([]);
});

it("a link that does not work leads to another", async () => {
  const errors = [{ pointer: "/token", detail: "does not work, or no longer" }];
  answer(400, { code: "invalid_input", errors });
  show();
  await userEvent.click(screen.getByRole("button", notMine));
  await userEvent.click(screen.getByRole("button", { name: "Remove account" }));
  expect(await screen.findByRole("heading", { name: "This link does not work" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Get a new link" })).toBeTruthy();
});

it("who is signed in to the account itself is not asked whether they made it", () => {
  show(true);
  expect(screen.getByRole("button", { name: "Confirm address" })).toBeTruthy();
  expect(screen.queryByRole("button", notMine)).toBeNull();
});

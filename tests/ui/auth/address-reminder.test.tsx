// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { AddressReminder } from "@/app/_account/address-reminder";

const server = setupServer();

beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});

afterEach(() => {
  server.resetHandlers();
  cleanup();
});

afterAll(() => server.close());

it("the reminder sends the link again, and says when that did not work", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post("*/api/auth/send-verification-email", async ({ request }) => {
      sent.push(await request.json());
      const wait = { status: 429, headers: { "retry-after": "120" } };
      return sent.length === 1
        ? HttpResponse.json({ status: true })
        : HttpResponse.json({ code: "rate_limited" }, wait);
    }),
  );
  render(<AddressReminder email="ada@example.com" />);
  expect(screen.getByRole("status").textContent).toBe("Please confirm ada@example.com.");
  const button = screen.getByRole("button", { name: "Send the link again" });
  await userEvent.click(button);
  await screen.findByText("A new link is on its way. It works for an hour.");
  await userEvent.click(button);
  await screen.findByText("Too many tries. Try again in 2 minutes.");
  expect(sent).toEqual([{ email: "ada@example.com" }, { email: "ada@example.com" }]);
});

it("the reminder can be put away, and the focus goes on to the page", async () => {
  render(
    <>
      <AddressReminder email="ada@example.com" />
      <main id="content" tabIndex={-1} />
    </>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Put the reminder away" }));
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(document.activeElement?.id).toBe("content");
});

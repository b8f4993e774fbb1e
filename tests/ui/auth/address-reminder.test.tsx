import { render, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { AddressReminder } from "@/app/_account/address-reminder";
import { addressReminderCookie } from "@/lib/client/address-reminder";
import { database } from "@/lib/db/client";
import { signedInBrowser } from "@/tests/support/signed-in-browser";
import { createUser } from "@/tests/support/users";

const browser = signedInBrowser(createUser);

function countLinks(): Promise<number> {
  return database().oneTimeToken.count({
    where: { userId: browser.person.id, purpose: "verify-email" },
  });
}

it("the reminder sends the link again", async () => {
  const { email } = browser.person;
  render(<AddressReminder email={email} />);
  expect(screen.getByRole("status").textContent).toBe(`Please confirm ${email}.`);
  await userEvent.click(screen.getByRole("button", { name: "Send the link again" }));
  await screen.findByText("A new link is on its way. It works for an hour.");
  await waitFor(async () => expect(await countLinks()).toBe(1));
});

it("the reminder says when that did not work", async () => {
  browser.server.use(http.post("*/api/auth/send-verification-email", () => HttpResponse.error()));
  render(<AddressReminder email={browser.person.email} />);
  await userEvent.click(screen.getByRole("button", { name: "Send the link again" }));
  await screen.findByText(/The server could not be reached/);
  expect(await countLinks()).toBe(0);
});

it("the reminder can be put away, and the focus goes on to the page", async () => {
  render(
    <>
      <AddressReminder email={browser.person.email} />
      <main id="content" tabIndex={-1} />
    </>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Put the reminder away" }));
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(document.activeElement?.id).toBe("content");
  await waitFor(async () => expect(await cookieStore.get(addressReminderCookie)).toBeTruthy());
});

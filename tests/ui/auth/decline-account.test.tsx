import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { ConfirmAddress } from "@/app/(auth)/verify-email/confirm-address";
import { issueOneTimeToken } from "@/lib/auth/one-time-tokens";
import { database } from "@/lib/db/client";
import { createUser, type SignedIn } from "@/tests/support/users";
import { visitorBrowser } from "@/tests/support/visitor-browser";

const notMine = { name: "I did not make this account" };

let person: SignedIn;
let token: string;

visitorBrowser();

beforeEach(async () => {
  person = await createUser();
  token = await issueOneTimeToken(person.id, "verify-email", 60, person.email);
  window.history.replaceState(null, "", `/a-page?token=${token}`);
});

function show({ given = token, link = "other" }: { given?: string; link?: "own" | "other" } = {}) {
  render(<ConfirmAddress token={given} ownEmail={null} isConfirmed={false} link={link} />);
}

async function isThere(): Promise<boolean> {
  return (await database().user.count({ where: { id: person.id } })) === 1;
}

it("who did not make the account is asked once more before it is removed", async () => {
  show();
  await userEvent.click(screen.getByRole("button", notMine));
  const question = await screen.findByRole("heading", { name: "Remove the account?" });
  expect(document.activeElement).toBe(question);
  expect(await isThere()).toBe(true);

  await userEvent.click(screen.getByRole("button", { name: "Remove account" }));
  const heading = await screen.findByRole("heading", { name: "The account is gone" });
  expect(document.activeElement).toBe(heading);
  expect(await isThere()).toBe(false);
  const way = screen.getByRole("link", { name: "Create an account" });
  expect(way.getAttribute("href")).toBe("/sign-up");
});

it("who goes back finds the focus where it was, and nothing is removed", async () => {
  show();
  await userEvent.click(screen.getByRole("button", notMine));
  await userEvent.click(screen.getByRole("button", { name: "Back" }));
  expect(document.activeElement).toBe(screen.getByRole("button", notMine));
  expect(screen.getByRole("button", { name: "Confirm address" })).toBeTruthy();
  expect(await isThere()).toBe(true);
});

it("a link that does not work leads to another", async () => {
  show({ given: "cut-short" });
  await userEvent.click(screen.getByRole("button", notMine));
  await userEvent.click(screen.getByRole("button", { name: "Remove account" }));
  expect(await screen.findByRole("heading", { name: "This link does not work" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Get a new link" })).toBeTruthy();
  expect(await isThere()).toBe(true);
});

it("a person signed in to the account itself is not asked whether they made it", () => {
  show({ link: "own" });
  expect(screen.getByRole("button", { name: "Confirm address" })).toBeTruthy();
  expect(screen.queryByRole("button", notMine)).toBeNull();
});

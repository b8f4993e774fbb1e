import { expect, it, vi } from "vitest";
import { type AccountChange, tellOfChange } from "@/lib/account/notices";
import { htmlPart } from "@/lib/mail/html-part";
import { createUser } from "@/tests/support/users";

const { mail } = await vi.hoisted(() => import("@/tests/support/mail-settings"));

it.each<AccountChange>(["API key made", "device let in"])(
  "the mail of %s says to revoke the key first, because a new password does not end it",
  async (change) => {
    const user = await createUser();
    tellOfChange(user, change);
    const { text } = await mail.next(user.email);
    expect(text).toContain("revoke the key at once, then choose a new password");
    expect(text).not.toContain("which ends all sessions");
  },
);

it("the mail of another change says that a new password ends all sessions", async () => {
  const user = await createUser();
  tellOfChange(user, "passkey added");
  const { text } = await mail.next(user.email);
  expect(text).toContain("choose a new password at once, which ends all sessions");
});

it("an address of another site in a mail is text and no link", () => {
  const html = htmlPart({
    to: "ada@example.test",
    subject: "A notice",
    greeting: "Hello,",
    paragraphs: ["Something happened."],
    closing: ["See http://localhost:3000/settings and http://evil.example/http://localhost:3000/"],
  });
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual([
    "http://localhost:3000/settings",
  ]);
});

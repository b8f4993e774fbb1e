import { Window } from "happy-dom";
import { describe, expect, it } from "vitest";
import { htmlPart } from "@/lib/mail/html-part";
import { confirmAddressMessage, resetPasswordMessage } from "@/lib/mail/link-messages";
import { greetingFor, type Message, textPart } from "@/lib/mail/message";
import {
  addressChangedMessage,
  existingAccountMessage,
  newDeviceMessage,
} from "@/lib/mail/notice-messages";

const email = "ada@example.test";
const token = "t".repeat(43);
const device = { device: "Firefox on Linux", time: "Friday", networkAddress: "192.0.2.1" };

const messages: [name: string, message: Message][] = [
  ["confirm", confirmAddressMessage({ email, name: "Ada Lovelace" }, token)],
  ["reset", resetPasswordMessage({ email, name: "Ada Lovelace" }, token)],
  ["existing", existingAccountMessage(email)],
  ["device", newDeviceMessage({ email, name: "Ada Lovelace" }, device)],
  ["changed", addressChangedMessage({ email, name: "Ada Lovelace" })],
];

describe.each(messages)("the mail %s", (_, message) => {
  it("says the same in HTML and in text, link and all", () => {
    const { document } = new Window();
    document.write(htmlPart(message));
    const words = wordsOf(document.body.textContent);
    const { subject, greeting, paragraphs, details = [], action, closing } = message;
    const all = [subject, greeting, ...paragraphs, ...details.flat(), ...closing];
    for (const text of [...all, ...(action ? [action.label, action.url] : [])]) {
      expect(words).toContain(wordsOf(text));
      expect(wordsOf(textPart(message))).toContain(wordsOf(text));
    }
  });

  it("loads nothing from elsewhere and names its language", () => {
    const html = htmlPart(message);
    expect(html).toContain('<html lang="en">');
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import|src=/i);
    for (const [, url = ""] of html.matchAll(/href="([^"]*)"/g)) {
      expect(new URL(url).origin).toBe("http://localhost:3000");
    }
  });

  it("keeps calm", () => {
    expect(textPart(message)).not.toContain("!");
  });
});

describe("a greeting", () => {
  it.each(["Ada", "Ada Lovelace", "J. R. Smith", "Zoë O'Neill-Núñez", "山田 太郎", "Anna-Lena Ü."])(
    "has the name %s",
    (name) => {
      expect(greetingFor(name)).toBe(`Hello ${name},`);
    },
  );

  it.each([
    "<script>alert(1)</script>",
    "Ada\r\nBcc: eve@example.test",
    "Ada\nLovelace",
    "see https://evil.example",
    "evil.example",
    "www.evil.example",
    "eve@evil.example",
    "Ada \u202e eda",
    "A".repeat(51),
    "You have won call one two three four five six",
    " ",
    "",
  ])("has no name that does not read as one: %j", (name) => {
    expect(greetingFor(name)).toBe("Hello,");
  });
});

it("addresses of this site can be pressed wherever they stand", () => {
  const { document } = new Window();
  document.write(htmlPart(newDeviceMessage({ email, name: "Ada" }, device)));
  const links = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  expect(links).toContain("http://localhost:3000/forgot-password");
});

it("markup in what a mail quotes is shown as text", () => {
  const hostile = `"><img src=x onerror=alert(1)>'&`;
  const html = htmlPart(newDeviceMessage({ email, name: "Ada" }, { ...device, device: hostile }));
  expect(html).not.toContain("<img");
  expect(html).toContain("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;");
});

function wordsOf(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { Device } from "@/app/(auth)/device/device";
import { minutesAgo } from "@/app/(auth)/device/device-facts";
import { startDeviceRequest } from "@/lib/account/device-requests";
import { hashToken } from "@/lib/auth/cryptography";
import { database } from "@/lib/db/client";
import { openSettingsOf } from "@/tests/support/open-settings-of";
import { createUserWithPassword, password } from "@/tests/support/password";
import { makeSessionOld } from "@/tests/support/recency";
import { signedInBrowser } from "@/tests/support/signed-in-browser";

const browser = signedInBrowser(createUserWithPassword);
let code: string;
let hash: string;

beforeEach(async () => {
  const started = await startDeviceRequest({
    clientId: "<b>Backup</b>",
    scopes: ["tasks:read"],
    ipAddress: "192.0.2.7",
  });
  code = started.userCode;
  hash = hashToken(started.deviceCode);
});

function show(given: string) {
  return openSettingsOf(browser.person, <Device code={given} email={browser.person.email} />);
}

async function enter(given: string) {
  const user = show(given);
  await user.keyboard("{Enter}");
  return user;
}

function codeField() {
  return screen.getByLabelText<HTMLInputElement>("Code");
}

async function decision(): Promise<string> {
  return (await database().deviceRequest.findUniqueOrThrow({ where: { hash } })).status;
}

describe("the page that lets a device in", () => {
  it("takes a given code only once the person confirms it, and then asks", async () => {
    show(code);
    expect(codeField().value).toBe(code);
    expect(screen.queryByText("<b>Backup</b>")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Go on" }));
    const question = await screen.findByRole("heading", { name: "Let this device in?" });
    expect(document.activeElement).toBe(question);
    expect(await decision()).toBe("pending");
  });

  it("asks for the password once more where the sign-in is not recent, and then lets it in", async () => {
    await makeSessionOld(browser.person);
    const user = await enter(code);
    await user.click(await screen.findByRole("button", { name: "Let it in" }));
    await user.type(await screen.findByLabelText("Password"), password);
    expect(await decision()).toBe("pending");
    await user.click(screen.getByRole("button", { name: "Confirm" }));
    await screen.findByRole("heading", { name: "The device is in" });
    expect(await decision()).toBe("approved");
  });

  it("shows the device's name as text, where it asks from, what it may do and whose account", async () => {
    await enter(code.toLowerCase().replace("-", ""));
    await screen.findByRole("heading", { name: "Let this device in?" });
    for (const fact of ["<b>Backup</b>", "192.0.2.7", "Just now", browser.person.email]) {
      expect(screen.getByText(fact)).toBeTruthy();
    }
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "List tasks and read each of them.",
    ]);
  });

  it.each([
    ["Let it in", "approved", "The device is in"],
    ["Refuse", "denied", "Refused"],
  ])("“%s” says so", async (button, decided, outcome) => {
    const user = await enter(code);
    await user.click(await screen.findByRole("button", { name: button }));
    const heading = await screen.findByRole("heading", { name: outcome });
    expect(document.activeElement).toBe(heading);
    expect(await decision()).toBe(decided);
  });

  it("says beside the field that nothing waits under a code, and keeps it", async () => {
    const other = code === "BCDF-GHJK" ? "KJHG-FDCB" : "BCDF-GHJK";
    await enter(other);
    const error = await screen.findByText(/^No device waits under this code\./);
    expect(codeField().getAttribute("aria-describedby")?.split(" ")).toContain(error.id);
    expect(codeField().value).toBe(other);
  });

  it.each(["", "ABC", "BCDF-GHJK-L", "1234-5678"])("does not send “%s”", async (given) => {
    await enter(given);
    expect(await screen.findByText(/Enter the eight letters/)).toBeTruthy();
  });
});

it.each([
  [-5_000, "Just now"],
  [59_000, "Just now"],
  [60_000, "A minute ago"],
  [540_000, "9 minutes ago"],
])("what happened %i milliseconds ago is “%s”", (milliseconds, words) => {
  const now = new Date("2026-11-20T12:00:00Z");
  expect(minutesAgo(new Date(now.getTime() - milliseconds), now)).toBe(words);
});

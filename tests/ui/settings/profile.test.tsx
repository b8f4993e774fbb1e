import { act, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { type ReactNode, useState } from "react";
import { describe, expect, it } from "vitest";
import { Appearance } from "@/app/settings/appearance";
import { ProfileForm } from "@/app/settings/profile-form";
import { SingleKeyShortcuts } from "@/app/settings/single-key-shortcuts";
import { getProfile } from "@/lib/account/profile";
import { timeZones } from "@/lib/account/profile-values";
import { openSettings } from "@/tests/support/open-settings";
import { signedInBrowser } from "@/tests/support/signed-in-browser";
import { createUser } from "@/tests/support/users";

const browser = signedInBrowser(createUser);

/** A page that can be left within the app, and come back to. */
function Page({ children }: { children: ReactNode }) {
  const [isHere, setHere] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setHere(!isHere)}>
        {isHere ? "Leave" : "Come back"}
      </button>
      {isHere ? children : null}
    </>
  );
}

function openProfile() {
  const stored = { name: browser.person.name, timeZone: "", weekStart: "", timeFormat: "" };
  return openSettings(
    <Page>
      <ProfileForm stored={stored} timeZones={timeZones()} />
    </Page>,
  );
}

function field(label: string) {
  return screen.getByLabelText<HTMLInputElement>(label);
}

function press(name: string) {
  act(() => screen.getByRole("button", { name }).click());
}

function breakConnection() {
  browser.server.use(http.post("*/api/auth/update-user", () => HttpResponse.error()));
}

async function expectStored(values: object) {
  await waitFor(async () => expect(await getProfile(browser.person.id)).toMatchObject(values));
}

/** Whether the browser would ask before it closes the page as it stands. */
function wouldAsk(): boolean {
  const closing = new Event("beforeunload", { cancelable: true });
  act(() => void window.dispatchEvent(closing));
  return closing.defaultPrevented;
}

function notifications() {
  return screen.getByRole("region", { name: "Notifications" });
}

describe("the profile", () => {
  it("stores each choice as it is made, and says so", async () => {
    const user = openProfile();
    await user.selectOptions(field("Time zone"), "Pacific/Kiritimati");
    await user.selectOptions(field("First day of the week"), "Sunday");
    await user.selectOptions(field("Clock"), "12 hours, such as 2:05 pm");
    await expectStored({
      timeZone: "Pacific/Kiritimati",
      weekStart: "sunday",
      timeFormat: "12",
      name: browser.person.name,
    });
    expect((await screen.findByText("Saved")).getAttribute("role")).toBe("status");
    await user.selectOptions(field("Time zone"), "");
    await expectStored({ timeZone: null, weekStart: "sunday" });
  });

  it("stores a name shortly after the last keystroke, with nothing pressed", async () => {
    const user = openProfile();
    await user.clear(field("Name"));
    await user.type(field("Name"), "Zoë Müller");
    await expectStored({ name: "Zoë Müller" });
    expect(document.activeElement).toBe(field("Name"));
  });

  it("takes back that it is saved as soon as something else is typed", async () => {
    const user = openProfile();
    await user.type(field("Name"), "?{Enter}");
    await screen.findByText("Saved");
    await user.type(field("Name"), "!");
    expect(screen.queryByText("Saved")).toBeNull();
  });

  it.each([
    { typed: " ", says: "Enter a name. Any name will do." },
    { typed: "🦊".repeat(101), says: "Use at most 100 characters. This one has 101." },
  ])("refuses the name $typed at its field, which keeps it", async ({ typed, says }) => {
    const user = openProfile();
    await user.clear(field("Name"));
    await user.click(field("Name"));
    await user.paste(typed);
    await user.keyboard("{Enter}");
    const error = await screen.findByText(says);
    expect(field("Name").getAttribute("aria-describedby")).toBe(error.id);
    expect(document.activeElement).toBe(field("Name"));
    expect(field("Name").value).toBe(typed);
    expect(wouldAsk()).toBe(true);
    expect(await getProfile(browser.person.id)).toMatchObject({ name: browser.person.name });
  });

  it("keeps and stores what is typed while an earlier name is being refused", async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    // Without an answer of its own it leaves the request to the real route.
    const hold = http.post("*/api/auth/update-user", () => answered, { once: true });
    browser.server.use(hold);
    const user = openProfile();
    await user.clear(field("Name"));
    await user.type(field("Name"), "javascript:a{Enter}");
    await user.clear(field("Name"));
    await user.type(field("Name"), "Robin");
    answer();
    await expectStored({ name: "Robin" });
    expect(field("Name").value).toBe("Robin");
  });

  it("keeps what was typed when the server cannot be reached, says so, and tries again", async () => {
    breakConnection();
    const user = openProfile();
    const name = `${browser.person.name} the Second`;
    await user.type(field("Name"), " the Second{Enter}");
    await screen.findByText(/^Not saved\. .*could not be reached/);
    expect(field("Name").value).toBe(name);
    browser.server.resetHandlers();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("Saved");
    await expectStored({ name });
  });
});

describe("a profile that is left", () => {
  it("by a link or Back in the middle of a name stores the name", async () => {
    const user = openProfile();
    await user.type(field("Name"), " the Third");
    press("Leave");
    await expectStored({ name: `${browser.person.name} the Third` });
    expect(notifications().textContent).toBe("");
  });

  it("with what cannot be a name says so, and leads back to what was typed", async () => {
    const user = openProfile();
    await user.clear(field("Name"));
    press("Leave");
    expect(notifications().textContent).toContain("Your name was not changed. Enter a name.");
    press("Go back");
    press("Come back");
    expect(field("Name").value).toBe("");
    expect(screen.getByText("Enter a name. Any name will do.")).toBeTruthy();
  });

  it("with a name that the server refuses says so, and offers no Try again", async () => {
    const user = openProfile();
    await user.clear(field("Name"));
    await user.type(field("Name"), "javascript:a");
    press("Leave");
    await within(notifications()).findByText(/^Your profile is not saved\./);
    expect(within(notifications()).queryByRole("button", { name: "Try again" })).toBeNull();
  });

  it("while the server cannot be reached says so, and stores it at Try again", async () => {
    breakConnection();
    const user = openProfile();
    await user.selectOptions(field("Clock"), "24 hours, such as 14:05");
    press("Leave");
    const again = await within(notifications()).findByRole("button", { name: "Try again" });
    expect(notifications().textContent).toContain("Your profile is not saved.");
    browser.server.resetHandlers();
    await user.click(again);
    await within(notifications()).findByText("Your profile is saved.");
    await expectStored({ timeFormat: "24" });
  });

  it("by closing the tab in the middle of a name stores it, and the browser asks first", async () => {
    const user = openProfile();
    expect(wouldAsk()).toBe(false);
    await user.type(field("Name"), " the Fourth");
    expect(wouldAsk()).toBe(true);
    await expectStored({ name: `${browser.person.name} the Fourth` });
    await waitFor(() => expect(wouldAsk()).toBe(false));
  });

  it("out of sight, as on a phone, stores what was typed", async () => {
    const user = openProfile();
    await user.type(field("Name"), " the Fifth");
    act(() => document.dispatchEvent(new Event("visibilitychange")));
    await expectStored({ name: `${browser.person.name} the Fifth` });
  });
});

describe("every other choice of the settings", () => {
  it("of single keys is stored with the account, on and off, and says so", async () => {
    const user = openSettings(<SingleKeyShortcuts stored />);
    await user.click(screen.getByRole("radio", { name: "Off" }));
    await expectStored({ singleKeys: false });
    await user.click(screen.getByRole("radio", { name: "On" }));
    await expectStored({ singleKeys: true });
    await screen.findByText("Saved");
  });

  it.each([
    {
      what: "single keys",
      part: <SingleKeyShortcuts stored />,
      choice: "Off",
      stored: { singleKeys: false },
    },
    { what: "the theme", part: <Appearance />, choice: "Dark", stored: { theme: "dark" } },
  ])("of $what stands, says that it is not saved, and tries again", async (chosen) => {
    breakConnection();
    const user = openSettings(chosen.part);
    await user.click(screen.getByRole("radio", { name: chosen.choice }));
    await screen.findByText(/^Not saved\. .*could not be reached/);
    expect(wouldAsk()).toBe(true);
    browser.server.resetHandlers();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText("Saved");
    await expectStored(chosen.stored);
    expect(wouldAsk()).toBe(false);
  });
});

import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { ProfileForm } from "@/app/settings/profile-form";
import { SingleKeys } from "@/app/settings/single-keys";
import { getProfile } from "@/lib/account/get-profile";
import { timeZones } from "@/lib/account/profile-values";
import { openSettings } from "@/tests/support/open-settings";
import { signedInBrowser } from "@/tests/support/signed-in-browser";
import { createUser } from "@/tests/support/users";

const browser = signedInBrowser(createUser);

function openProfile() {
  const stored = { name: browser.person.name, timeZone: "", weekStart: "", timeFormat: "" };
  return openSettings(<ProfileForm stored={stored} timeZones={timeZones()} />);
}

function field(label: string) {
  return screen.getByLabelText<HTMLInputElement>(label);
}

describe("the profile", () => {
  it("stores what was chosen, and says so", async () => {
    const user = openProfile();
    await user.clear(field("Name"));
    await user.type(field("Name"), "Zoë Müller");
    await user.selectOptions(field("Time zone"), "Pacific/Kiritimati");
    await user.selectOptions(field("First day of the week"), "Sunday");
    await user.selectOptions(field("Clock"), "12 hours, such as 2:05 pm");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect((await screen.findByText("Saved")).getAttribute("role")).toBe("status");
    expect(await getProfile(browser.person.id)).toMatchObject({
      name: "Zoë Müller",
      timeZone: "Pacific/Kiritimati",
      weekStart: "sunday",
      timeFormat: "12",
    });
  });

  it("leaves to the browser what is not chosen", async () => {
    const user = openProfile();
    await user.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    expect(await getProfile(browser.person.id)).toMatchObject({
      timeZone: null,
      weekStart: null,
      timeFormat: null,
    });
  });

  it("takes back that it is saved as soon as something else is typed", async () => {
    const user = openProfile();
    await user.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Saved");
    await user.type(field("Name"), "!");
    expect(screen.queryByText("Saved")).toBeNull();
  });

  it.each([
    { typed: " ", says: "Enter a name. Any name will do." },
    { typed: "🦊".repeat(101), says: "Use at most 100 characters. This one has 101." },
  ])("refuses the name $typed at its field, which gets the focus", async ({ typed, says }) => {
    const user = openProfile();
    await user.clear(field("Name"));
    await user.click(field("Name"));
    await user.paste(typed);
    await user.click(screen.getByRole("button", { name: "Save" }));
    const error = await screen.findByText(says);
    expect(field("Name").getAttribute("aria-describedby")).toBe(error.id);
    expect(document.activeElement).toBe(field("Name"));
    expect(await getProfile(browser.person.id)).toMatchObject({ name: browser.person.name });
  });

  it("keeps what was typed when the server cannot be reached, and says so", async () => {
    browser.server.use(http.post("*/api/auth/update-user", () => HttpResponse.error()));
    const user = openProfile();
    await user.type(field("Name"), " the Second");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText(/could not be reached/);
    expect(field("Name").value).toBe(`${browser.person.name} the Second`);
  });
});

describe("the shortcuts of a single key", () => {
  it("are turned off and on with the account", async () => {
    const user = openSettings(<SingleKeys stored />);
    await user.click(screen.getByRole("radio", { name: "Off" }));
    await waitFor(async () =>
      expect(await getProfile(browser.person.id)).toMatchObject({ singleKeys: false }),
    );
    await user.click(screen.getByRole("radio", { name: "On" }));
    await waitFor(async () =>
      expect(await getProfile(browser.person.id)).toMatchObject({ singleKeys: true }),
    );
  });

  it("stay as they were when that could not be stored, and say so", async () => {
    browser.server.use(http.post("*/api/auth/update-user", () => HttpResponse.error()));
    const user = openSettings(<SingleKeys stored />);
    await user.click(screen.getByRole("radio", { name: "Off" }));
    expect(await screen.findByText("The shortcuts are as they were. Try again.")).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "On" }).checked).toBe(true);
  });
});

import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { SessionList } from "@/app/settings/sessions/session-list";
import type { SessionEntry } from "@/app/settings/sessions/session-row";
import { listSessions } from "@/lib/account/sessions";
import { openSettings } from "@/tests/support/open-settings";
import { signedInBrowser } from "@/tests/support/signed-in-browser";
import { createSession, createUser } from "@/tests/support/users";

let others: SessionEntry[];
const browser = signedInBrowser(createUser);

function entry(id: string, device: string, current = false): SessionEntry {
  const times = { createdAt: new Date(), lastSeenAt: new Date() };
  return { id, device, ipAddress: "203.0.113.7", current, ...times };
}

beforeEach(async () => {
  const devices = ["Firefox on Linux", "Safari on iOS"];
  others = await Promise.all(
    devices.map(async (device) =>
      entry((await createSession(browser.person.id)).sessionId, device),
    ),
  );
});

function openList(entries = others) {
  const current = entry(browser.person.sessionId, "Chrome on Linux", true);
  return openSettings(<SessionList sessions={[current, ...entries]} />);
}

function endButton(device: string) {
  return screen.getByRole("button", { name: `End session: ${device}` });
}

async function storedIds(): Promise<string[]> {
  const stored = await listSessions(browser.person.id, browser.person.sessionId);
  return stored.map(({ id }) => id).sort();
}

describe("the list of sessions", () => {
  it("marks this browser, which it does not offer to end", () => {
    openList();
    expect(screen.getAllByRole("listitem")[0]?.textContent).toContain("This browser");
    expect(screen.queryByRole("button", { name: /Chrome/ })).toBeNull();
    expect(endButton("Safari on iOS").getAttribute("aria-describedby")).not.toBeNull();
  });

  it("ends one session, says so, and moves the focus to the neighbor", async () => {
    const user = openList();
    endButton("Firefox on Linux").focus();
    await user.keyboard("{Enter}");
    await screen.findByText("Session ended: Firefox on Linux.");
    expect(screen.getAllByRole("listitem")).toHaveLength(2);
    expect(document.activeElement).toBe(endButton("Safari on iOS"));
    expect(await storedIds()).toEqual([browser.person.sessionId, others[1]?.id].sort());
  });

  it("moves the focus to the heading after the last one", async () => {
    const user = openList(others.slice(0, 1));
    await user.click(endButton("Firefox on Linux"));
    await screen.findByText("Only here. No other browser is signed in.");
    const heading = screen.getByRole("heading", { name: "Where you are signed in" });
    expect(document.activeElement).toBe(heading);
  });

  it("ends all others after naming how many, starting on Cancel", async () => {
    const user = openList();
    await user.click(screen.getByRole("button", { name: "End 2 other sessions" }));
    await screen.findByRole("dialog", { name: "End 2 other sessions?" });
    const cancel = screen.getByRole("button", { name: "Cancel" });
    await waitFor(() => expect(document.activeElement).toBe(cancel));
    await user.click(screen.getByRole("button", { name: "End sessions" }));
    await screen.findByText("All other sessions have ended.");
    expect(await storedIds()).toEqual([browser.person.sessionId]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("takes a session that is gone already for ended", async () => {
    const user = openList([entry("gone", "Edge on Windows")]);
    await user.click(endButton("Edge on Windows"));
    await screen.findByText("Session ended: Edge on Windows.");
  });

  it("keeps the row when the server cannot be reached, and says so", async () => {
    browser.server.use(http.post("*/api/auth/revoke-session", () => HttpResponse.error()));
    const user = openList();
    await user.click(endButton("Firefox on Linux"));
    await screen.findByText(/could not be reached/);
    expect(endButton("Firefox on Linux").getAttribute("aria-disabled")).toBe("false");
    expect(await storedIds()).toHaveLength(3);
  });
});

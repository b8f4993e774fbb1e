import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { OffersProvider } from "@/app/_account/offered";
import { providerFailure } from "@/app/(auth)/provider-failure";
import { ResetPassword } from "@/app/(auth)/reset-password/reset-password";
import { ConfirmAddress } from "@/app/(auth)/verify-email/confirm-address";
import { DeclineAccount } from "@/app/(auth)/verify-email/decline-account";
import { linkProblem } from "@/app/settings/security/link-problem";
import { visitorBrowser } from "@/tests/support/visitor-browser";

const browser = visitorBrowser();
const stay = () => undefined;

/** Each with the links that lead on where everything is on. */
const parts: [what: string, part: ReactNode, links: string[]][] = [
  [
    "a dead link to choose a password",
    <ResetPassword key="1" token={null} />,
    ["/forgot-password"],
  ],
  [
    "a link to confirm an address",
    <ConfirmAddress key="2" token="t" ownEmail={null} isConfirmed={false} link="other" />,
    ["/forgot-password"],
  ],
  [
    "a dead link to confirm an address",
    <ConfirmAddress key="3" token="t" ownEmail={null} isConfirmed={false} link="dead" />,
    ["/sign-in"],
  ],
];

function show(part: ReactNode, isOn: boolean) {
  render(<OffersProvider offers={{ mail: isOn, signUps: isOn }}>{part}</OffersProvider>);
}

function links(): (string | null)[] {
  return screen.queryAllByRole("link").map((link) => link.getAttribute("href"));
}

describe("what needs mail is offered only where the site sends some", () => {
  it.each(parts)("on the page of %s", (_what, part, expected) => {
    show(part, true);
    expect(links()).toEqual(expected);
  });

  it.each(parts)("and not elsewhere on the page of %s", (_what, part) => {
    show(part, false);
    expect(links().filter((href) => href !== "/sign-in")).toEqual([]);
    expect(screen.queryByRole("button", { name: "Send a new link" })).toBeNull();
  });

  it("in the words for what failed at a provider", () => {
    for (const words of [providerFailure, linkProblem]) {
      expect(words("own_address_not_confirmed", true)).toMatch(/confirm .* first/i);
      expect(words("own_address_not_confirmed", false)).not.toMatch(/confirm .* first/i);
    }
  });
});

it.each([true, false])("an account is offered only where sign-ups are open: %s", async (isOn) => {
  browser.server.use(
    http.post("*/api/auth/decline-account", () => HttpResponse.json({ status: true })),
  );
  show(<DeclineAccount token="t" onBack={stay} />, isOn);
  await userEvent.click(screen.getByRole("button", { name: "Remove account" }));
  await screen.findByText("The account is gone");
  expect(links()).toEqual(isOn ? ["/sign-up"] : []);
});

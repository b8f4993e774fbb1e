import { render, screen } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ConfirmIdentityProvider } from "@/app/_account/confirm-identity";
import { ConfirmIdentityWays } from "@/app/_account/confirm-identity-ways";
import { SecondStep } from "@/app/_account/second-step";
import { PasswordAgain } from "@/app/_account/sign-in-again";
import { SignIn } from "@/app/(auth)/sign-in/sign-in";
import { PasskeysSection } from "@/app/settings/security/passkeys-section";
import { ProviderList } from "@/app/settings/security/provider-list";
import { TwoStepControls } from "@/app/settings/security/two-step-controls";
import { signInWithPasskey } from "@/lib/client/passkey-client";
import { openSettings } from "@/tests/support/open-settings";

const nothing = () => undefined;
const ask = vi.fn<typeof fetch>();

function at(address: string) {
  vi.stubGlobal("location", new URL(address));
}

beforeEach(() => {
  ask.mockReset().mockRejectedValue(new Error("Nothing is asked for here."));
  vi.stubGlobal("fetch", ask);
  vi.stubGlobal(
    "PublicKeyCredential",
    Object.assign(() => undefined, { isConditionalMediationAvailable: async () => true }),
  );
  return () => vi.unstubAllGlobals();
});

const signIn = (hasPasskeys: boolean) => (
  <SignIn
    next="/tasks"
    providers={[]}
    hasPasskeys={hasPasskeys}
    mustBeConfirmed={false}
    notice={null}
    links={null}
  />
);

const ways = {
  user: { id: "ada", email: "ada@example.test" },
  hasPassword: true,
  hasPasskey: true,
  providers: [],
};

/** Everything that is made in the browser, and so can ask it for its address. */
const offers = {
  "the second step of a sign-in": (
    <SecondStep methods={["app-code", "passkey"]} onDone={nothing} onBack={nothing} />
  ),
  "the confirmation of who it is": (
    <ConfirmIdentityWays formId="form" {...ways} onConfirmed={nothing} onBusy={nothing} />
  ),
  "signing in again": (
    <PasswordAgain
      formId="form"
      email="ada@example.test"
      onBusy={nothing}
      onDone={nothing}
      onSecondStep={nothing}
      onElsewhere={nothing}
    />
  ),
};

describe.each(Object.entries(offers))("%s", (_what, part) => {
  it.each([
    ["http://localhost:3000", 1],
    ["https://tasks.example", 1],
    ["http://127.0.0.1:3000", 0],
    ["https://192.168.1.5", 0],
    ["http://tasks.lan", 0],
  ])("offers passkeys only where they can work: %s", (address, count) => {
    at(address);
    render(part);
    expect(screen.queryAllByRole("button", { name: "Use a passkey" })).toHaveLength(count);
  });
});

describe("a person who has only passkeys", () => {
  const confirmation = (
    <ConfirmIdentityWays
      formId="form"
      {...ways}
      hasPassword={false}
      onConfirmed={nothing}
      onBusy={nothing}
    />
  );

  it.each(["http://127.0.0.1:3000", "https://192.168.1.5", "http://tasks.lan"])(
    "is told where to confirm who it is, and not signed out in vain: %s",
    (address) => {
      at(address);
      render(confirmation);
      const { host } = new URL(address);
      expect(
        screen.getByText(
          `You sign in with passkeys, which do not work at ${host}. Open this site by its name over https, or at localhost on the computer it runs on. Sign in there and try again.`,
        ),
      ).toBeDefined();
      expect(screen.queryAllByRole("button")).toEqual([]);
    },
  );

  it("is told to take another browser where this one knows no passkeys", () => {
    at("https://tasks.example");
    vi.stubGlobal("PublicKeyCredential", undefined);
    render(confirmation);
    expect(
      screen.getByText(
        "You sign in with passkeys, which do not work in this browser. Open this site in another browser. Sign in there and try again.",
      ),
    ).toBeDefined();
    expect(screen.queryAllByRole("button")).toEqual([]);
  });
});

describe("where passkeys cannot work", () => {
  it("signing in offers none, in the first HTML either, and the autofill asks for none", () => {
    at("http://127.0.0.1:3000");
    expect(renderToString(signIn(true))).toContain("passkey");
    expect(renderToString(signIn(false))).not.toContain("passkey");
    render(signIn(false));
    expect(screen.getByLabelText("E-mail").getAttribute("autocomplete")).toBe("username");
    expect(ask).not.toHaveBeenCalled();
  });

  it.each([true, false])(
    "no request for one leaves the page, conditional: %s",
    async (conditional) => {
      at("http://127.0.0.1:3000");
      await expect(signInWithPasskey({ conditional })).rejects.toMatchObject({
        reason: "unsupported",
      });
      expect(ask).not.toHaveBeenCalled();
    },
  );

  it("the settings keep what there is, and offer neither another nor a second step with them", () => {
    const passkey = {
      id: "1",
      name: "Laptop",
      createdAt: new Date(),
      lastUsedAt: null,
      isSynced: true,
    };
    openSettings(
      <ConfirmIdentityProvider {...ways}>
        <PasskeysSection passkeys={[passkey]} canAddPasskeys={false} />
        <TwoStepControls
          enabled={false}
          authenticatorApp={false}
          recoveryCodesLeft={0}
          hasPasskey
          canAddPasskeys={false}
        />
        <ProviderList
          providers={[{ id: "github", name: "GitHub", isLinked: true }]}
          isLastWayIn
          canAddPasskeys={false}
        />
      </ConfirmIdentityProvider>,
    );
    expect(screen.getByRole("button", { name: "Remove: Laptop" })).toBeDefined();
    expect(screen.getByText("Passkeys do not work at this address.")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Add a passkey" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Turn on with passkeys" })).toBeNull();
    expect(screen.queryByText(/add a passkey/)).toBeNull();
  });
});

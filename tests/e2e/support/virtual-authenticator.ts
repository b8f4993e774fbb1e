import type { Page } from "@playwright/test";

/** A device that holds passkeys and whose lock always opens. */
export type VirtualAuthenticator = {
  /** Whether somebody touches it as soon as it is asked, by a button or by autofill. */
  touch: (enabled: boolean) => Promise<void>;
};

/** Gives a page's browser such a device. */
export async function addVirtualAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    touch: async (enabled) => {
      await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
    },
  };
}

import { expect, type Page, type ViewportSize } from "@playwright/test";

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };
export const smallestPhone = { width: 320, height: 568 };

/** What a new context needs to be the smallest phone. */
export const smallestPhoneContext = { hasTouch: true, isMobile: true, viewport: smallestPhone };

/**
 * Puts a desktop's page that stands onto a phone, for good: Chromium does not give the mouse back.
 *
 * @returns what gives the phone another size
 */
export async function moveToPhone(page: Page): Promise<(size: ViewportSize) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const resize = async (size: ViewportSize) => {
    const metrics = { ...size, deviceScaleFactor: 1, mobile: true };
    await session.send("Emulation.setDeviceMetricsOverride", metrics);
    await expectWidth(page, size);
  };
  await resize(phone);
  expect(await page.evaluate(() => matchMedia("(pointer: coarse)").matches)).toBe(true);
  return resize;
}

async function expectWidth(page: Page, { width }: ViewportSize): Promise<void> {
  await page.waitForFunction((wide) => document.documentElement.clientWidth === wide, width);
}

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

type RunOnly = { type: "tag" | "rule"; values: string[] };

const desktop = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const rulesOfColour = ["color-contrast", "link-in-text-block"];

/**
 * Expects that axe finds nothing on a page as it stands: by all rules in the light theme, and by
 * those that look at colours in the dark one, which changes nothing else.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await setTheme(page, "light");
  await expectNothingFound(page, { type: "tag", values: tags }, "the light theme");
  await setTheme(page, "dark");
  await expectNothingFound(page, { type: "rule", values: rulesOfColour }, "the dark theme");
}

/** Expects both of a page as it stands, on a desktop and on a phone, and leaves it on the desktop. */
export async function expectSoundPage(page: Page): Promise<void> {
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
}

/** Expects that nothing sticks out of a page at its sides. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(excess, "pixels beyond the side").toBe(0);
}

async function setTheme(page: Page, colorScheme: "light" | "dark") {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
}

async function expectNothingFound(page: Page, runOnly: RunOnly, where: string) {
  // The legacy mode leaves out frames, of which there are none, and a page of axe's own.
  const axe = new AxeBuilder({ page }).options({ runOnly, resultTypes: ["violations"] });
  const { violations } = await axe.setLegacyMode().analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
  expect(found, `axe in ${where}`).toEqual([]);
}

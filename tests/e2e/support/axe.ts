import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { phone } from "./devices";

type RunOnly = { type: "tag" | "rule"; values: string[] };

const desktop = { width: 1280, height: 720 };
const allRules = {
  type: "tag" as const,
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};
const rulesOfColor = { type: "rule" as const, values: ["color-contrast", "link-in-text-block"] };

/**
 * Expects that axe finds nothing on a page as it stands: by all rules in the light theme, and by
 * those that look at colors in the dark one, which changes nothing else.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await setTheme(page, "light");
  await expectNothingFound(page, allRules, "the light theme");
  await setTheme(page, "dark");
  await expectNothingFound(page, rulesOfColor, "the dark theme");
}

/**
 * Expects the same of a page as it stands on a phone and on a desktop, where it leaves it, and that
 * nothing sticks out.
 */
export async function expectSoundPage(page: Page): Promise<void> {
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.setViewportSize(desktop);
  await expectNoSidewaysScroll(page);
  await expectNothingFound(page, rulesOfColor, "the dark theme");
  await setTheme(page, "light");
  await expectNothingFound(page, allRules, "the light theme");
}

/** Expects that nothing sticks out of a page at its sides. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
  // What hangs on an anchor follows a new width a moment later.
  await expect.poll(excess, { message: "pixels beyond the side" }).toBe(0);
}

async function setTheme(page: Page, colorScheme: "light" | "dark") {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
}

/** Looks again for a while: a page that is being drawn anew has no title for a moment. */
async function expectNothingFound(page: Page, runOnly: RunOnly, where: string) {
  const findings = () => findIn(page, runOnly);
  await expect.poll(findings, { message: `axe in ${where}`, timeout: 30_000 }).toEqual([]);
}

async function findIn(page: Page, runOnly: RunOnly): Promise<string[]> {
  // A page that stands keeps axe, which takes longer to read in than to run.
  const isThere = await page.evaluate(() => "axe" in window);
  // The legacy mode leaves out frames, of which there are none, and a page of axe's own.
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: ";" }) }).setLegacyMode();
  const { violations } = await axe.options({ runOnly, resultTypes: ["violations"] }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
  );
}

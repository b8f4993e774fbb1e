import { expect, type Page } from "@playwright/test";

declare global {
  interface Window {
    boxesBefore?: [Element, DOMRect][];
  }
}

/**
 * Expects that something opens over the page and that everything of before stands where it stood, to
 * the half pixel.
 *
 * @param open opens it and waits until it is in sight
 */
export async function expectNothingMoves(page: Page, open: () => Promise<unknown>): Promise<void> {
  await page.evaluate(atRest);
  await page.evaluate(rememberBoxes);
  await open();
  await expectSameBoxes(page, "what moved when it opened");
}

/** Closes by Escape what `expectNothingMoves` opened, and expects all where it stood before. */
export async function expectNothingMovesBack(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu").or(page.getByRole("dialog"))).toHaveCount(0);
  await expectSameBoxes(page, "what moved when it closed");
}

async function expectSameBoxes(page: Page, message: string): Promise<void> {
  await page.evaluate(atRest);
  expect.soft(await page.evaluate(movedSince), message).toEqual([]);
}

/** Waits until nothing is animated and the page was drawn once more. */
async function atRest(): Promise<void> {
  const drawn = () =>
    new Promise<void>((done) => {
      requestAnimationFrame(() => requestAnimationFrame(() => done()));
    });
  await drawn();
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  await drawn();
}

function rememberBoxes(): void {
  const elements = Array.from(document.querySelectorAll("body *"));
  window.boxesBefore = elements
    // The place of the toasts lies over the page and lets every press through.
    .filter((element) => !element.closest('[aria-label="Notifications"]'))
    .map((element) => [element, element.getBoundingClientRect()]);
}

/** The first few of the elements whose boxes changed. */
function movedSince(): string[] {
  const moved: string[] = [];
  for (const [element, before] of window.boxesBefore ?? []) {
    const now = element.getBoundingClientRect();
    const [x, y] = [now.x - before.x, now.y - before.y];
    const [width, height] = [now.width - before.width, now.height - before.height];
    const isSame = [x, y, width, height].every((difference) => Math.abs(difference) < 0.5);
    if (element.isConnected && !isSame) {
      const name = element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40);
      moved.push(`${element.localName} "${name}" by ${x}, ${y}; larger by ${width}, ${height}`);
    }
  }
  return moved.slice(0, 5);
}

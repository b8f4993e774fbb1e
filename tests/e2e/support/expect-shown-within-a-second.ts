import { expect, type Page } from "@playwright/test";
import { bearer, postJson } from "./person";
import { completion } from "./task-page";

const titles = ["Tea", "Milk", "Flour", "Salt", "Rice"];

/**
 * Makes tasks by the API and expects that an open page shows them within a second of the answer.
 * The middle one counts, because a busy machine holds up some of them, and a slow page all.
 */
export async function expectShownWithinASecond(
  page: Page,
  url: string,
  token: string,
): Promise<void> {
  const delays: number[] = [];
  for (const title of titles) {
    const label = `Complete: ${title}`;
    const shown = page
      .waitForFunction((name) => document.querySelector(`[aria-label="${name}"]`), label)
      .then(() => performance.now());
    const answer = await postJson(`${url}/api/tasks`, { title }, bearer(token));
    const answeredAt = performance.now();
    expect(answer.status).toBe(201);
    delays.push(Math.round((await shown) - answeredAt));
    await expect(completion(page, title)).toBeVisible();
  }
  process.stdout.write(`A task made elsewhere shows after ${delays.join(", ")} ms.\n`);
  const [, , middle] = delays.toSorted((one, other) => one - other);
  expect(middle).toBeLessThan(1_000);
}

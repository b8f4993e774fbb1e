import type { Page } from "@playwright/test";
import { openPage } from "./open-page";

/** A state of a page that takes no more than a look, or a few steps, to reach. */
export type View = {
  name: string;
  path: string;
  /** What has to stand before the page opens, such as an answer of the API. */
  prepare?: (page: Page) => Promise<unknown>;
  /** The steps from the open page to the state. */
  act?: (page: Page) => Promise<void>;
};

/** Brings a page into the state. */
export async function openView(page: Page, { path, prepare, act }: View): Promise<void> {
  await prepare?.(page);
  await openPage(page, path);
  await act?.(page);
}

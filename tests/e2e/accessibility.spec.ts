import { expectAccessible, expectNoSidewaysScroll } from "./support/axe";
import {
  desktop,
  moveToPhone,
  phone,
  smallestPhone,
  smallestPhoneContext,
} from "./support/devices";
import { publicViews } from "./support/public-views";
import { settingsViews } from "./support/settings-views";
import { test } from "./support/shared-people";
import { taskViews } from "./support/task-views";
import { openView, type View } from "./support/view";

const looks: { who: "nobody" | "filled" | "empty"; views: View[] }[] = [
  { who: "nobody", views: publicViews },
  { who: "filled", views: [...settingsViews, ...taskViews] },
  { who: "empty", views: [{ name: "no tasks yet", path: "/tasks" }] },
];

test.use({
  contextOptions: { reducedMotion: "reduce" },
  expectedErrors: [/Failed to load resource/],
});

for (const { who, views } of looks) {
  test.describe(`${who} sees`, () => {
    test.use({
      viewport: desktop,
      storageState: async ({ filled, empty }, use) => {
        if (who === "nobody") {
          await use(undefined);
        } else {
          await use(who === "filled" ? filled.state : empty.state);
        }
      },
    });

    for (const view of views.filter(({ act }) => !act)) {
      test(`${view.name}: axe finds nothing, and nothing sticks out`, async ({ page }) => {
        await openView(page, view);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
        const resize = await moveToPhone(page);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
        await resize(smallestPhone);
        await expectNoSidewaysScroll(page);
      });
    }

    // What takes steps to reach is reached on each device.
    const further = views.filter(({ act }) => act);

    for (const view of further) {
      test(`${view.name} on a desktop: axe finds nothing, and nothing sticks out`, async ({
        page,
      }) => {
        await openView(page, view);
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      });
    }

    test.describe("on a phone", () => {
      test.use(smallestPhoneContext);

      for (const view of further) {
        test(`${view.name}: axe finds nothing, and nothing sticks out`, async ({ page }) => {
          await openView(page, view);
          await expectNoSidewaysScroll(page);
          await page.setViewportSize(phone);
          await expectNoSidewaysScroll(page);
          await expectAccessible(page);
        });
      }
    });
  });
}

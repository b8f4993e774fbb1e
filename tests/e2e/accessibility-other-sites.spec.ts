import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { freePort } from "../support/free-port";
import { type App, type Settings, startApp } from "./support/app";
import { expectSoundPage } from "./support/axe";
import { press, tabTo, typeInto } from "./support/keys";
import { nextMail, nextMailAbout } from "./support/mail";
import { openPage } from "./support/open-page";
import { passwordField, signInByKeys } from "./support/sign-in-page";
import { signUpIn } from "./support/sign-up-in";
import { test as base, expect } from "./support/test";

type Site = { settle: (settings: Settings) => Promise<void> };

/** A site of the test's own, to which its browser goes. Each time it is settled it starts anew on its data. */
const test = base.extend<{ site: Site }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs off its pattern.
  baseURL: async ({}, use) => use(`http://localhost:${await freePort()}`),
  site: async ({ baseURL, context }, use) => {
    const directory = mkdtempSync(join(tmpdir(), "evo-site-"));
    const own = {
      PORT: new URL(baseURL ?? "").port,
      PGLITE_DIR: directory,
      RATE_LIMIT_PER_MINUTE: "0",
    };
    let app: App | undefined;
    await use({
      settle: async (settings) => {
        await app?.end("SIGTERM");
        app = await startApp({ ...own, ...settings });
      },
    });
    // A page that still fetches something would complain of the end.
    await Promise.all(context.pages().map((page) => page.close()));
    await app?.end("SIGKILL");
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  },
});

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a site with providers, where addresses are confirmed first: axe finds nothing, and keys reach everything", async ({
  page,
  context,
  site,
}) => {
  const SMTP_URL = process.env.E2E_SMTP_URL;
  await site.settle({ SMTP_URL });
  const { email } = await signUpIn(context);
  await nextMail(email);
  await site.settle({
    SMTP_URL,
    REQUIRE_EMAIL_VERIFICATION: "1",
    GITHUB_CLIENT_ID: "github-client",
    GITHUB_CLIENT_SECRET: "github-secret",
    GOOGLE_CLIENT_ID: "google-client",
    GOOGLE_CLIENT_SECRET: "google-secret",
  });
  const providers = ["GitHub", "Google"];

  await test.step("a person who is already signed in", async () => {
    await openPage(page, "/tasks");
    await expect(page).toHaveURL("/verify-email");
    await expectSoundPage(page);
    await press(page, page.getByRole("button", { name: "Send the link again" }));
    await nextMailAbout(email, /^Confirm your address$/);
    await press(page, page.getByRole("button", { name: "Sign out" }));
    await expect(page).toHaveURL("/sign-in");
  });

  for (const path of ["/sign-in", "/sign-up"]) {
    await test.step(`${path} offers the providers`, async () => {
      await openPage(page, path);
      await expectSoundPage(page);
      for (const name of providers) {
        await tabTo(page, page.getByRole("button", { name: `Continue with ${name}` }));
      }
    });
  }

  const newcomer = `robin-${randomUUID()}@example.com`;
  const password = "a long and quiet evening";

  await test.step("a sign-up leads to the mail", async () => {
    await signInByKeys(page, newcomer, password);
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeFocused();
    await expectSoundPage(page);
    await tabTo(page, page.getByRole("button", { name: "Send the link again" }));
    await tabTo(page, page.getByRole("button", { name: "Use another address" }));
    await openPage(page, (await nextMail(newcomer)).link);
    await typeInto(page, passwordField(page), password);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeFocused();
  });

  await test.step("the security settings list the providers", async () => {
    await openPage(page, "/sign-in?next=/settings/security");
    await signInByKeys(page, newcomer, password);
    await expect(page).toHaveURL("/settings/security");
    await openPage(page, "/settings/security");
    await expectSoundPage(page);
    for (const name of providers) {
      await tabTo(page, page.getByRole("button", { name: `Link ${name}` }));
    }
  });
});

test("a site without mail that takes no new accounts: axe finds nothing, and keys reach everything", async ({
  page,
  context,
  site,
}) => {
  await site.settle({});
  await signUpIn(context);
  await site.settle({ SIGNUPS: "closed" });

  await expectSound(page, "/settings/security", "E-mail address");
  await expect(page.getByText(/mail,|confirmed/i)).toHaveCount(0);
  await expectNothingThatIsOff(page, ["/tasks", "/settings", "/settings/security"]);
  await expectSound(page, "/verify-email", "This site sends no mail");
  await tabTo(page, page.getByRole("link", { name: "Back to your tasks" }));
  await context.clearCookies();
  await expectSound(page, "/forgot-password", "This site sends no mail");
  await tabTo(page, page.getByRole("link", { name: "Back to sign in" }));
  await expectSound(page, "/sign-up", "No new accounts here");
  await press(page, page.getByRole("link", { name: "Sign in" }));
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectNothingThatIsOff(page, [
    "/",
    "/sign-in",
    "/sign-in?error=own_address_not_confirmed",
    "/reset-password",
    "/verify-email?token=cut-short",
    "/docs/quick-start",
    "/account-deleted",
  ]);
});

/** Expects that no page leads to what this site has turned off, or tells how to ask for it. */
async function expectNothingThatIsOff(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    await openPage(page, path);
    const links = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
    const leading = links.filter((href) => /^\/(forgot-password|verify-email|sign-up)/.test(href));
    expect(leading, path).toEqual([]);
    await expect(page.getByRole("main"), path).not.toContainText("sign-up/email");
    await expect(page.getByText(/confirm it first|GitHub|Google/), path).toHaveCount(0);
  }
}

async function expectSound(page: Page, path: string, said: string): Promise<void> {
  await openPage(page, path);
  await expect(page.getByText(said)).toBeVisible();
  await expectSoundPage(page);
}

import { defineConfig } from "@playwright/test";
import { chromiumPath, rootArguments } from "./support/chromium-path.mjs";
import { freePort } from "./support/free-port";

// Workers read this file again and find the port of the first reading.
process.env.E2E_PORT ??= String(await freePort());

// What takes a Postgres server of its own: E2E_DATABASE_URL names it.
const onServer = ["account-limits", "postgres"].map((name) => `${name}.spec.ts`);

// What starts processes of its own, or waits for long.
const processes = [
  "accessibility-other-sites",
  "device-example",
  "image",
  "process",
  "process-end",
  "server",
  "sweep",
].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  globalSetup: "./e2e/support/global-setup.ts",
  fullyParallel: true,
  workers: 3,
  projects: [
    // First, because these take longest: the many short tests of pages fill what is left.
    {
      name: "processes",
      testMatch: process.env.E2E_DATABASE_URL ? [...processes, ...onServer] : processes,
      workers: 2,
    },
    { name: "pages", testIgnore: [...processes, ...onServer], workers: 2 },
  ],
  retries: 0,
  // Only a busy machine comes near these.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [
    ["list"],
    ["./setup/playwright-proofs.ts"],
    ...(process.env.TEST_REPORT
      ? [["json", { outputFile: process.env.TEST_REPORT }] satisfies [string, object]]
      : []),
  ],
  use: {
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    locale: "en-GB",
    timezoneId: "UTC",
    // A trace costs a sixth of the whole run; `--trace retain-on-failure` asks for it.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromiumPath(),
      args: [
        ...rootArguments,
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireChromium } from "../../support/chromium-path.mjs";
import { startApp } from "./app";
import { startSharedMail } from "./mail";

/** Starts the built app that the browser tests share, on embedded data and a mail server of its own. */
export default async function startSharedApp() {
  requireChromium();
  const directory = mkdtempSync(join(tmpdir(), "evo-e2e-"));
  const mail = await startSharedMail();
  // The workers inherit it.
  process.env.E2E_MAIL_URL = mail.pickUpUrl;
  process.env.E2E_SMTP_URL = mail.smtpUrl;
  const app = await startApp({
    PORT: process.env.E2E_PORT,
    PGLITE_DIR: directory,
    RATE_LIMIT_PER_MINUTE: "0",
    SMTP_URL: mail.smtpUrl,
  });
  return async () => {
    await app.end("SIGTERM");
    await mail.close();
    rmSync(directory, { recursive: true, force: true });
  };
}

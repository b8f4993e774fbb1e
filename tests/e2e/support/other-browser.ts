import type { Browser, BrowserContext } from "@playwright/test";
import type { Person } from "./person";

/** Another browser in which a person signs in. */
export async function signInOtherBrowser(
  browser: Browser,
  { email, password }: Pick<Person, "email" | "password">,
): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const data = { email, password };
  const answer = await context.request.post("/api/auth/sign-in/email", { data });
  if (!answer.ok()) {
    throw new Error(`Signing in answered ${answer.status()}.`);
  }
  return context;
}

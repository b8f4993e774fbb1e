import { type BrowserContext, test as base, expect } from "@playwright/test";
import type { Person } from "./person";
import { signUpIn } from "./sign-up-in";

export { expect };

type Fixtures = {
  /** A new person, signed in in this test's browser. */
  person: Person;
  /** What the console may say in this test, beside silence. */
  expectedErrors: RegExp[];
  quietConsole: undefined;
};

/**
 * The tests of the browser. Each fails when a page breaks the Content Security Policy, throws, or
 * reports an error to the console that the test did not name in `expectedErrors`.
 */
export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],
  quietConsole: [
    async ({ context, expectedErrors }, use) => {
      const complaints = await collectComplaints(context);
      await use(undefined);
      const unexpected = complaints.filter(
        (complaint) => !expectedErrors.some((expected) => expected.test(complaint)),
      );
      expect(unexpected, "what the pages complained of").toEqual([]);
    },
    { auto: true },
  ],
  person: async ({ context }, use) => {
    await use(await signUpIn(context));
  },
});

/** Everything that the pages of a context complain of from now on. */
export async function collectComplaints(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = [];
  await context.exposeFunction("reportViolation", (text: string) => complaints.push(text));
  await context.addInitScript(
    `addEventListener("securitypolicyviolation", (event) =>
      reportViolation("Policy violation: " + event.violatedDirective + " " + event.blockedURI));`,
  );
  context.on("console", (message) => {
    if (message.type() === "error") {
      complaints.push(message.text());
    }
  });
  context.on("weberror", (webError) => complaints.push(webError.error().message));
  return complaints;
}

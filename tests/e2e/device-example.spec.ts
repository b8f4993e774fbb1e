import type { BrowserContext } from "@playwright/test";
import { codeOf, saveCode, startCommands } from "./support/guide-code";
import { keepOnly } from "./support/stored-tasks";
import { expect, test } from "./support/test";

// A whole line, since a program's output may arrive in pieces.
const codeShown = /enter (\S+)\n/;

for (const { file, language } of [
  { file: "device-sign-in.mjs", language: "JavaScript" },
  { file: "device_sign_in.py", language: "Python" },
]) {
  test(`the tool in ${language} is let in, works without asking again, and asks once it is shut out`, async ({
    page,
    person,
    context,
    baseURL,
  }, testInfo) => {
    await keepOnly(baseURL ?? "", person, [{ title: "Shown in a terminal" }]);
    const cwd = testInfo.outputPath(language);
    await page.goto("/docs/device-sign-in");
    await saveCode(page, file, cwd);
    const command = await codeOf(page, `Run ${file}`);
    const run = () => startCommands(command, { cwd, env: { HOME: cwd } });

    const first = run();
    await expect.poll(first.output).toMatch(codeShown);
    expect(first.output()).toContain(`Open ${baseURL}/device`);
    await decide(context, "approve", first.output());
    expect(await first.exit, first.output()).toBe(0);
    expect(first.output()).toContain("- Shown in a terminal");

    const second = run();
    expect(await second.exit, second.output()).toBe(0);
    expect(second.output()).toBe("- Shown in a terminal\n");

    await revokeAllKeys(context);
    const third = run();
    await expect.poll(third.output).toMatch(codeShown);
    await decide(context, "deny", third.output());
    expect(await third.exit).not.toBe(0);
    expect(third.output()).not.toContain("- Shown in a terminal");
  });
}

test("the request for a code answers as the guide says", async ({ page }, testInfo) => {
  await page.goto("/docs/device-sign-in");
  const { output, exit } = startCommands(await codeOf(page, "Ask for a code"), {
    cwd: testInfo.outputPath("curl"),
  });
  expect(await exit).toBe(0);
  expect(Object.keys(JSON.parse(output()))).toEqual(
    expect.arrayContaining([
      "device_code",
      "user_code",
      "verification_uri",
      "verification_uri_complete",
      "expires_in",
      "interval",
    ]),
  );
});

/** Answers, as the person would on the page, to the code that a tool has shown. */
async function decide(context: BrowserContext, decision: "approve" | "deny", output: string) {
  const userCode = codeShown.exec(output)?.[1];
  const answer = await context.request.post(`/api/auth/device/${decision}`, { data: { userCode } });
  expect(answer.status()).toBe(200);
}

async function revokeAllKeys(context: BrowserContext) {
  const keys: { id: string }[] = await (await context.request.get("/api/auth/api-key/list")).json();
  expect(keys).toHaveLength(1);
  for (const { id } of keys) {
    await context.request.post("/api/auth/api-key/delete", { data: { keyId: id } });
  }
}

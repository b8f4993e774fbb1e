import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeApiKey } from "./support/api-key";
import { codeOf, codesIn, runCommands, saveCode } from "./support/guide-code";
import { keepOnly, storedTitles } from "./support/stored-tasks";
import { expect, test } from "./support/test";

const title = "Book the train to Lisbon";

test.beforeEach(async ({ page }) => {
  await page.goto("/docs/quick-start");
});

test("the commands for curl work as they stand on the page", async ({
  page,
  person,
  context,
  baseURL,
}, testInfo) => {
  await keepOnly(baseURL ?? "", person, [{ title: "An older task" }]);
  const commands = await codesIn(page, "With curl");
  expect(commands).toHaveLength(6);
  const output = await runCommands(commands.join("\n"), {
    cwd: testInfo.outputPath("curl"),
    input: `${await makeApiKey(context)}\n`,
  });
  expect(output).toContain("An older task");
  const [made, listed, completed, ...rest] = jsonValues(output);
  expect(made).toMatchObject({ title, completed: false, priority: "high" });
  expect(listed).toMatchObject({ count: 2 });
  expect(completed).toMatchObject({ title, completed: true, version: 2 });
  expect(rest).toEqual([]);
  expect(await storedTitles(baseURL ?? "", person)).toEqual(["An older task"]);
});

for (const { file, language } of [
  { file: "quick-start.mjs", language: "JavaScript" },
  { file: "quick_start.py", language: "Python" },
]) {
  test(`the program in ${language} works as it stands on the page`, async ({
    page,
    person,
    context,
    baseURL,
  }, testInfo) => {
    await keepOnly(baseURL ?? "", person, [{ title: "An older task" }]);
    const cwd = testInfo.outputPath(language);
    await saveCode(page, file, cwd);
    const command = await codeOf(page, `Run ${file}`);
    const output = await runCommands(command, {
      cwd,
      env: { EVO_TODO_KEY: await makeApiKey(context) },
    });
    expect(output.trim().split("\n")).toEqual([
      `Made: ${title}`,
      expect.stringMatching(/^Open: /),
      expect.stringMatching(/^Open: /),
      expect.stringMatching(/^Completed at \d{4}-\d\d-\d\dT/),
      "Deleted, and kept in the trash for a while",
    ]);
    expect(await storedTitles(baseURL ?? "", person)).toEqual(["An older task"]);
  });

  test(`the program in ${language} says what is wrong with a key`, async ({ page }, testInfo) => {
    const cwd = testInfo.outputPath(language);
    await saveCode(page, file, cwd);
    const run = runCommands(await codeOf(page, `Run ${file}`), {
      cwd,
      env: { EVO_TODO_KEY: "evo_mistyped" },
    });
    await expect(run).rejects.toThrow("invalid_token: This API key is unknown");
  });
}

test("the commands with a file of cookies work as they stand on the page", async ({
  page,
}, testInfo) => {
  const cwd = testInfo.outputPath("cookies");
  const commands = await codesIn(page, "Without a key");
  expect(commands).toHaveLength(3);
  const [signedUp, listed, signedOut] = jsonValues(await runCommands(commands.join("\n"), { cwd }));
  expect(signedUp).toMatchObject({ user: { email: "ada@example.com" } });
  expect(listed).toMatchObject({ nextCursor: null, data: expect.any(Array) });
  expect(signedOut).toEqual({ success: true });
  expect(existsSync(join(cwd, "cookies.txt"))).toBe(false);
});

/** The JSON values that an output holds one after the other, each on one line. */
function jsonValues(output: string): unknown[] {
  return output
    .replaceAll(/\}\s*(?=\{"(?:id|data|success)":)/g, "}\n")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

import { exchangeApiKey, makeApiKey } from "./support/api-key";
import { codeOf, codesIn, runCommands, saveCode } from "./support/guide-code";
import { keepOnly } from "./support/stored-tasks";
import { expect, test } from "./support/test";

const drafts = Array.from({ length: 105 }, (_, index) => ({ title: `Task ${index + 1}` }));

test("the commands for pages, filters and polling do what the guide says", async ({
  page,
  person,
  context,
  baseURL,
}, testInfo) => {
  const dueDate = `${new Date().getUTCFullYear()}-07-01`;
  await keepOnly(baseURL ?? "", person, [
    { title: "The first of all" },
    { title: "Book the train to Lisbon", priority: "high", dueDate },
    { title: "Take the train too", priority: "low", dueDate },
  ]);
  const cwd = testInfo.outputPath("pages");
  const env = { TOKEN: await exchangeApiKey(context, await makeApiKey(context, ["tasks:read"])) };
  await page.goto("/docs/pagination");

  const second = JSON.parse(await runCommands(await codeOf(page, "Two pages"), { cwd, env }));
  expect(second).toMatchObject({ data: [{ title: "Book the train to Lisbon" }], count: 3 });

  const filter = await codeOf(page, "High priority, due this year");
  const found = JSON.parse(await runCommands(filter, { cwd, env }));
  expect(found).toMatchObject({ data: [{ title: "Book the train to Lisbon" }], count: 1 });

  const polled = await runCommands(await codeOf(page, "Poll a list"), { cwd, env });
  expect(polled).toMatch(/^HTTP\/1.1 304 /);
});

test("the program that reads every page reads each task once", async ({
  page,
  person,
  baseURL,
}, testInfo) => {
  await keepOnly(baseURL ?? "", person, drafts);
  const cwd = testInfo.outputPath("every-task");
  await page.goto("/docs/pagination");
  await saveCode(page, "every-task.mjs", cwd);
  const use = `import { everyTask } from "./every-task.mjs";
    for await (const task of everyTask(process.env.SITE, process.env.TOKEN, { sort: "createdAt" }))
      console.log(task.title);`;
  const output = await runCommands(`node --input-type=module -e '${use}'`, {
    cwd,
    env: { SITE: baseURL ?? "", TOKEN: person.token },
  });
  expect(output.trim().split("\n")).toEqual(drafts.map(({ title }) => title));
});

test("the commands for conditions and repeats do what the guide says", async ({
  page,
  person,
}, testInfo) => {
  const cwd = testInfo.outputPath("requests");
  const env = { TOKEN: person.token };
  await page.goto("/docs/requests");

  const [conditions = "", fresh = ""] = [
    ...(await codesIn(page, "Change a task as you saw it")),
    ...(await codesIn(page, "Read only what is new")),
  ];
  const changed = await runCommands(`${conditions}\n${fresh}`, { cwd, env });
  expect(statusesIn(changed)).toEqual(["200", "412", "304"]);
  expect(changed).toContain('"code":"precondition_failed"');
  expect(changed).toMatch(/"current":\{[^}]*"priority":"high"/);

  const repeated = await runCommands(await codeOf(page, "Make one task, twice"), { cwd, env });
  expect(statusesIn(repeated)).toEqual(["201", "201"]);
  expect(repeated.match(/idempotency-replayed: true/gi)).toHaveLength(1);
  expect(new Set(repeated.match(/"id":"[^"]+"/g)).size).toBe(1);
});

test("the programs of the guide to tokens work as they stand on the page", async ({
  page,
  person,
  context,
  baseURL,
}, testInfo) => {
  await keepOnly(baseURL ?? "", person, [{ title: "Read by a program" }]);
  const cwd = testInfo.outputPath("tokens");
  const key = await makeApiKey(context, ["tasks:read"]);
  await page.goto("/docs/tokens");
  await saveCode(page, "renewing-client.mjs", cwd);
  await saveCode(page, "verify-token.mjs", cwd);

  const use = await codeOf(page, "Use of renewing-client.mjs");
  const run = `cat > use.mjs <<'END'\n${use}\nEND\nnode use.mjs`;
  expect(await runCommands(run, { cwd, env: { EVO_TODO_KEY: key } })).toContain(
    "title: 'Read by a program'",
  );

  const token = await exchangeApiKey(context, key);
  const verified = await runCommands("node verify-token.mjs", { cwd, env: { TOKEN: token } });
  expect(verified.trim()).toMatch(/^\S+ may: tasks:read$/);
  const altered = runCommands("node verify-token.mjs", {
    cwd,
    env: { TOKEN: token.replace(/.{10}$/, "AAAAAAAAAA") },
  });
  await expect(altered).rejects.toThrow("signature verification failed");
});

test("the command that exports all data does so", async ({ page, person, baseURL }, testInfo) => {
  await keepOnly(baseURL ?? "", person, [{ title: "Taken along" }]);
  const cwd = testInfo.outputPath("export");
  await page.goto("/docs/export");
  const jar = person.cookie
    .split("; ")
    .map((cookie) => cookie.replace("=", "\t"))
    .map((cookie) => `localhost\tFALSE\t/\tFALSE\t0\t${cookie}`);
  const command = await codeOf(page, "Export with a file of cookies");
  const run = `printf '%s\\n' "$JAR" > cookies.txt\n${command}\ncat evo-todo.json`;
  const file = JSON.parse(await runCommands(run, { cwd, env: { JAR: jar.join("\n") } }));
  const members = page.getByRole("region", { name: "What is in it" }).getByRole("term");
  expect(Object.keys(file)).toEqual(await members.allTextContents());
  expect(file).toMatchObject({ profile: { email: person.email } });
  expect(file.tasks).toContainEqual(
    expect.objectContaining({ title: "Taken along", deletedAt: null }),
  );
});

function statusesIn(output: string): string[] {
  return [...output.matchAll(/HTTP\/1.1 (\d{3}) /g)].map(([, status = ""]) => status);
}

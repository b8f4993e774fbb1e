import { randomUUID } from "node:crypto";
import { bearer, signUp } from "./support/person";
import { signUpIn } from "./support/sign-up-in";
import { keepOnly, storedTasks } from "./support/stored-tasks";
import { addTask, expectAllSaved, expectTitles, openTasks } from "./support/task-page";
import { collectComplaints, expect, test } from "./support/test";

test("two people at once each see their own tasks and nothing of the other's", async ({
  page,
  person,
  browser,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const otherContext = await browser.newContext();
  const complaints = await collectComplaints(otherContext);
  const other = await signUpIn(otherContext);
  await Promise.all([keepOnly(url, person, []), keepOnly(url, other, [])]);
  const otherPage = await otherContext.newPage();
  await Promise.all([openTasks(page), openTasks(otherPage)]);

  await addTask(page, "Only mine");
  await addTask(otherPage, "Only theirs");
  await Promise.all([expectAllSaved(page), expectAllSaved(otherPage)]);
  for (const path of ["/tasks", "/tasks?status=all", "/tasks?q=only", "/tasks?sort=title"]) {
    await Promise.all([openTasks(page, path), openTasks(otherPage, path)]);
    await expectTitles(page, ["Only mine"]);
    await expectTitles(otherPage, ["Only theirs"]);
    await expect(page.getByText(/^1 (open )?task/)).toBeVisible();
  }
  await otherContext.close();
  expect(complaints).toEqual([]);
});

test("somebody else's task is the same 404 as a missing one, whatever is asked of it", async ({
  page,
  person,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const other = await signUp(url);
  await keepOnly(url, other, [{ title: "Only theirs", description: "untouched" }]);
  const [foreign] = await storedTasks(url, other);
  const headers = bearer(person.token);

  const ask = async (method: string, id: string, suffix = "", data?: object) => {
    const answer = await page.request.fetch(`/api/tasks/${id}${suffix}`, {
      method,
      headers,
      ...(data ? { data } : {}),
    });
    const { requestId, instance, ...problem } = await answer.json();
    expect(requestId).toBe(answer.headers()["x-request-id"]);
    return { status: answer.status(), problem, type: answer.headers()["content-type"] };
  };

  for (const [method, suffix, data] of [
    ["GET", "", undefined],
    ["PATCH", "", { title: "taken" }],
    ["PUT", "", { title: "taken" }],
    ["PATCH", "/complete", { completed: true }],
    ["DELETE", "", undefined],
    ["POST", "/restore", undefined],
  ] as const) {
    const answer = await ask(method, foreign?.id ?? "", suffix, data);
    expect(answer.status, `${method} ${suffix}`).toBe(404);
    expect(answer).toEqual(await ask(method, randomUUID(), suffix, data));
  }
  expect(await storedTasks(url, other)).toEqual([foreign]);
});

import { expectShownWithinASecond } from "./support/expect-shown-within-a-second";
import { bearer } from "./support/person";
import { openTasks, row } from "./support/task-page";
import { expect, test } from "./support/test";

test("a task made by another program shows in an open page within a second", async ({
  page,
  person,
  baseURL,
}) => {
  await openTasks(page);
  await expectShownWithinASecond(page, baseURL ?? "", person.token);
});

test("what is changed and deleted in another browser shows in an open page", async ({
  page,
  person,
  request,
}) => {
  const headers = bearer(person.token);
  const make = async (title: string): Promise<{ id: string }> =>
    (await request.post("/api/tasks", { data: { title }, headers })).json();
  const [kept, gone] = [await make("Pay rent"), await make("Old")];
  await openTasks(page);
  await request.patch(`/api/tasks/${kept.id}`, { data: { title: "Pay more" }, headers });
  await expect(row(page, "Pay more")).toBeVisible();
  await request.delete(`/api/tasks/${gone.id}`, { headers });
  await expect(row(page, "Old")).toHaveCount(0);
});

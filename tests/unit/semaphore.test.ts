import { expect, it } from "vitest";
import { createSemaphore } from "@/lib/semaphore";

it("few run at a time, and the others follow in their order", async () => {
  const turns = createSemaphore(2, 10);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all(
    [1, 2, 3, 4, 5].map((number) =>
      turns.run(async () => {
        started.push(number);
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
      }),
    ),
  );
  expect(started).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(turns.isIdle()).toBe(true);
});

it("who waits is sent away with the others' error, and the line goes on", async () => {
  const turns = createSemaphore(1, 10);
  let end = () => {};
  const first = turns.run(() => new Promise<void>((resolve) => (end = resolve)));
  const second = expect(turns.run(async () => "served")).rejects.toThrow("away");
  turns.dismiss(new Error("away"));
  await second;
  end();
  await first;
  expect(await turns.run(async () => "served")).toBe("served");
});

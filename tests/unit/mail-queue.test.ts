import { expect, it, vi } from "vitest";
import { log } from "@/lib/log";
import { createMailQueue } from "@/lib/mail/mail-queue";
import type { Message } from "@/lib/mail/message";

const limits = { parallelMax: 2, pendingMax: 5, retryMilliseconds: [1, 1, 1] };

it("never has more messages at work than allowed, nor more waiting", async () => {
  const error = vi.spyOn(log, "error").mockImplementation(() => {});
  let atWork = 0;
  let most = 0;
  const held = hold();
  const sent: string[] = [];
  const queue = createMailQueue(async ({ to }) => {
    atWork += 1;
    most = Math.max(most, atWork);
    await held.promise;
    atWork -= 1;
    sent.push(to);
  }, limits);
  const all = Array.from({ length: 8 }, (_, index) => queue.add(async () => messageTo(index)));
  held.resolve();
  await Promise.all(all);

  expect(most).toBe(2);
  expect(sent).toEqual(["0", "1", "2", "3", "4"]);
  expect(error).toHaveBeenCalledTimes(3);
  error.mockRestore();
});

it("tries a message again, written once, and then gives up without failing", async () => {
  const error = vi.spyOn(log, "error").mockImplementation(() => {});
  const write = vi.fn(async () => messageTo(1));
  const deliver = vi.fn(() => Promise.reject(new Error("451 <ada@example.test> later")));
  await createMailQueue(deliver, limits).add(write);

  expect(write).toHaveBeenCalledTimes(1);
  expect(deliver).toHaveBeenCalledTimes(4);
  expect(JSON.stringify(error.mock.calls)).not.toContain("ada@");
  error.mockRestore();
});

it("does not try again what the server refused for good, or what could not be written", async () => {
  const error = vi.spyOn(log, "error").mockImplementation(() => {});
  const refused = vi.fn(() => Promise.reject(Object.assign(new Error(), { responseCode: 550 })));
  await createMailQueue(refused, limits).add(async () => messageTo(1));
  expect(refused).toHaveBeenCalledTimes(1);

  const write = vi.fn(() => Promise.reject(new Error("the database is away")));
  await createMailQueue(refused, limits).add(write);
  expect(write).toHaveBeenCalledTimes(1);
  expect(error).toHaveBeenCalledTimes(2);
  error.mockRestore();
});

it("sends nothing where there is nothing to say", async () => {
  const deliver = vi.fn(() => Promise.resolve());
  await createMailQueue(deliver, limits).add(async () => null);
  expect(deliver).not.toHaveBeenCalled();
});

it("waits at the end for what is under way, and no longer than told", async () => {
  const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
  const held = hold();
  const queue = createMailQueue(() => held.promise, limits);
  await queue.settle(10_000);
  const sending = queue.add(async () => messageTo(1));
  await queue.settle(10);
  expect(warn.mock.calls).toEqual([[{ count: 1 }, "mails were not sent before the end"]]);
  held.resolve();
  await queue.settle(10_000);
  await sending;
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

/** A promise that is kept when the test says so. */
function hold() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

function messageTo(index: number): Message {
  return { to: String(index), subject: "", greeting: "", paragraphs: [], closing: [] };
}

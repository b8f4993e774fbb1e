import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { log } from "@/lib/log";
import type { Message } from "@/lib/mail/message";
import { createSemaphore } from "@/lib/semaphore";

/** Writes a message when its turn comes, or finds that there is none to send. */
export type Write = () => Promise<Message | null>;

export type MailQueue = {
  /** Takes a message on. The promise is kept when it was sent, or given up, and never fails. */
  add: (write: Write) => Promise<void>;
  /** Waits until all were sent or given up, at most so long. */
  settle: (milliseconds: number) => Promise<void>;
};

type Limits = {
  parallelMax: number;
  /** Messages that are written, sent or waiting for another try; more are dropped. */
  pendingMax: number;
  /** How long to wait after each try that failed, before the next. */
  retryMilliseconds: number[];
};

/**
 * Sends messages one after another, whatever becomes of the requests that asked for them. A message
 * that could not be sent is tried again, unless the server refused it for good.
 */
export function createMailQueue(
  deliver: (message: Message) => Promise<void>,
  { parallelMax, pendingMax, retryMilliseconds }: Limits,
): MailQueue {
  const turns = createSemaphore(parallelMax, pendingMax);
  const pending = new Set<Promise<void>>();

  /** The first try is made in the turn of writing, so that a link's hour begins when it leaves. */
  async function send(write: Write): Promise<void> {
    let message: Message | null = null;
    async function attempt() {
      message ??= await write();
      if (message) {
        await deliver(message);
      }
    }
    for (const milliseconds of retryMilliseconds) {
      try {
        return await turns.run(attempt);
      } catch (error) {
        if (message === null || isRefusedForGood(error)) {
          throw error;
        }
        log.warn({ ...reasonOf(error) }, "a mail was not sent and is tried again");
      }
      await pause(milliseconds, undefined, { ref: false });
    }
    await turns.run(attempt);
  }

  return {
    add(write) {
      if (pending.size >= pendingMax) {
        log.error("a mail was dropped, because too many are waiting");
        return Promise.resolve();
      }
      const sending = send(write)
        .catch((error) => log.error({ ...reasonOf(error) }, "a mail was not sent"))
        .finally(() => pending.delete(sending));
      pending.add(sending);
      return sending;
    },
    async settle(milliseconds) {
      const timer = pause(milliseconds, undefined, { ref: false });
      await Promise.race([Promise.all(pending), timer]);
      if (pending.size > 0) {
        log.warn({ count: pending.size }, "mails were not sent before the end");
      }
    },
  };
}

/** A reply of the 500s says that trying again is of no use (RFC 5321, section 4.2.1). */
function isRefusedForGood(error: unknown): boolean {
  const { reply } = reasonOf(error);
  return typeof reply === "number" && reply >= 500;
}

/** What went wrong, without the server's own words: they quote the address. */
function reasonOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) {
    return {};
  }
  return {
    reason: error.name,
    code: "code" in error ? error.code : undefined,
    reply: "responseCode" in error ? error.responseCode : undefined,
    command: "command" in error ? error.command : undefined,
  };
}

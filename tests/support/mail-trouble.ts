import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { log } from "@/lib/log";
import type { Answer } from "@/tests/support/api";
import type { MailRoute } from "@/tests/support/mail-routes";
import type { MailServer } from "@/tests/support/mail-server";

/** The promise is 2 s; tests run on busy machines, too. A server that stalls takes 10 s to be given up. */
export const answerMillisecondsMax = 6_000;

/** Tests that every answer is as ever while the mail server is in trouble. */
export function testMailTrouble(mail: MailServer, routes: MailRoute[]): void {
  describe.each(routes)("%s", (_name, subject, prepare) => {
    afterEach(() => {
      mail.behave("accepts");
      vi.restoreAllMocks();
    });

    let expected: Answer;

    beforeAll(async () => {
      const { to, send } = await prepare();
      expected = await send();
      expect(expected.status).toBeLessThan(400);
      await nextAbout(mail, to, subject);
    });

    it("is answered as ever while the mail server stalls, and its mail comes once that goes on", async () => {
      const { to, send } = await prepare();
      mail.behave("stalls");
      const answer = await inTime(send);
      expect(outside(answer)).toEqual(outside(expected));
      expect(mail.all(to).filter((arrived) => arrived.subject === subject)).toEqual([]);
      mail.behave("accepts");
      await nextAbout(mail, to, subject);
    });

    it("is answered as ever while the mail server is down", async () => {
      const { send } = await prepare();
      const warn = vi.spyOn(log, "warn");
      mail.goAway();
      try {
        expect(outside(await inTime(send))).toEqual(outside(expected));
        await expect.poll(() => warn.mock.calls).toContainEqual(triedAgain("ESOCKET"));
      } finally {
        await mail.comeBack();
      }
    });
  });
}

/** The warning of a mail that could not be sent for now. */
export function triedAgain(code: string) {
  return [expect.objectContaining({ code }), "a mail was not sent and is tried again"];
}

/** An answer that leaves long before a mail server that stalls is given up. */
export async function inTime(send: () => Promise<Answer>): Promise<Answer> {
  const startedAt = performance.now();
  const answer = await send();
  expect(performance.now() - startedAt).toBeLessThan(answerMillisecondsMax);
  return answer;
}

/** An answer without what differs between any two of its kind: ids, times and secrets. */
function outside({ status, headers, body }: Answer) {
  const fixed = [...headers].filter(([name]) => !["x-request-id", "set-cookie"].includes(name));
  const cookies = headers
    .getSetCookie()
    .map((cookie) => cookie.replace(/=[^;]*/, "=").replace(/Expires=[^;]*/, "Expires="));
  return { status, headers: fixed, cookies, body: shapeOf(body) };
}

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shapeOf);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
  }
  return typeof value === "string" ? "text" : value;
}

/** The next mail about something; those before it are dropped. */
async function nextAbout(mail: MailServer, to: string, subject: string): Promise<void> {
  while ((await mail.next(to)).subject !== subject) {}
}

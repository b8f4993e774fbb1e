import "server-only";
import { browserMark } from "@/lib/auth/browser-mark";
import { database } from "@/lib/db/client";

/** Two-step sign-in of a person, as it was turned on; null while it is off. */
export type TwoStepStart = { userId: string; enabledAt: Date | null };

const mark = browserMark("second_step_browser", "second-step-browser");

/** When two-step sign-in was turned on. What was marked before that counts no longer. */
export async function findTwoStepStart(userId: string): Promise<TwoStepStart> {
  const row = await database().twoStep.findUnique({
    where: { userId },
    select: { enabledAt: true },
  });
  return { userId, enabledAt: row?.enabledAt ?? null };
}

/**
 * A `Set-Cookie` that marks a browser as one in which the second step was passed. It lets its person
 * in while somebody else's wrong codes make the account wait, and is worth nothing else.
 */
export function secondStepBrowserCookie(start: TwoStepStart): string {
  return mark.set(subjectOf(start));
}

/** The id of the browser that a request comes from, where the second step was passed there before. */
export function secondStepBrowserOf(headers: Headers, start: TwoStepStart): string | null {
  return start.enabledAt && mark.read(headers, subjectOf(start));
}

/**
 * Somebody who knew the password before, and prepared marks in a two-step sign-in of their own, has
 * none.
 */
function subjectOf({ userId, enabledAt }: TwoStepStart): string {
  return `${userId} ${enabledAt?.getTime()}`;
}

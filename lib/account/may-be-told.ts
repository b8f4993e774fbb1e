import "server-only";
import { isMailLimitReached } from "@/lib/account/is-mail-limit-reached";
import { database } from "@/lib/db/client";

/**
 * Whether one more notice may go to an address. Somebody can sign up with the address of a stranger,
 * and must not be able to flood them: until it is confirmed, it gets a few in an hour. A confirmed
 * one gets all, so that nobody can use its share up first. These few are counted apart from the mails
 * that anybody can ask for, for the same reason.
 */
export async function mayBeTold(email: string): Promise<boolean> {
  const owner = await database().user.findUnique({
    where: { email },
    select: { emailVerified: true },
  });
  return owner?.emailVerified === true || !(await isMailLimitReached(`notice ${email}`));
}

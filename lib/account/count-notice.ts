import "server-only";
import { countMail } from "@/lib/account/count-mail";
import { database } from "@/lib/db/client";

/**
 * Counts a notice to an address that is not confirmed. Somebody can sign up with the address of a
 * stranger, and must not be able to flood them. A confirmed one gets all, so that nobody can use its
 * share up first. They are counted apart from the mails that anybody can ask for, for the same reason.
 *
 * @returns whether it may be sent
 */
export async function countNotice(email: string): Promise<boolean> {
  const owner = await database().user.findUnique({
    where: { email },
    select: { emailVerified: true },
  });
  return owner?.emailVerified === true || countMail(`notice ${email}`);
}

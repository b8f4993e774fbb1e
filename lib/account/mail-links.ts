import "server-only";
import { tryLockUser } from "@/lib/account/locks";
import { countMail, tellOfExistingAccount } from "@/lib/account/notices";
import {
  findOneTimeToken,
  issueOneTimeToken,
  type Purpose,
  spendOneTimeToken,
} from "@/lib/auth/one-time-tokens";
import { database, type Transaction } from "@/lib/db/client";
import { type AppError, invalidMembers } from "@/lib/errors";
import {
  confirmAddressMessage,
  confirmNewAddressMessage,
  linkLifeSeconds,
  resetPasswordMessage,
} from "@/lib/mail/link-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Sends another link that confirms an address, if it has an account that waits for it. Whether it
 * has one is looked up after this has returned.
 *
 * @param email in lower case
 * @throws AppError `unavailable`
 */
export async function requestVerification(email: string): Promise<void> {
  await assertDatabaseAnswers();
  sendMail(async () => {
    const user = await database().user.findUnique({ where: { email, emailVerified: false } });
    if (!user) {
      return null;
    }
    const token = await issueOneTimeToken(user.id, "verify-email", linkLifeSeconds, email);
    return confirmAddressMessage(user, token);
  });
}

/**
 * Sends a person the link that confirms their address. Returns at once. Of accounts that are made and
 * deleted again and again with one address, it hears a few times an hour at most.
 */
export function sendVerification(user: { id: string; email: string; name: string }): void {
  sendMail(async () => {
    if (!(await countMail(`sign-up ${user.email}`))) {
      return null;
    }
    const token = await issueOneTimeToken(user.id, "verify-email", linkLifeSeconds, user.email);
    return confirmAddressMessage(user, token);
  });
}

/**
 * Sends the owner of an address a link to choose a new password with, if it has an account. Whether
 * it has one is looked up after this has returned.
 *
 * @param email in lower case
 * @throws AppError `unavailable`
 */
export async function requestPasswordReset(email: string): Promise<void> {
  await assertDatabaseAnswers();
  sendMail(async () => {
    const user = await database().user.findUnique({ where: { email } });
    if (!user) {
      return null;
    }
    const token = await issueOneTimeToken(user.id, "reset-password", linkLifeSeconds, email);
    return resetPasswordMessage(user, token);
  });
}

/**
 * Sends a link to the address that a person wants to have. One that has an account is told so, and
 * the person learns nothing of it. Returns at once.
 *
 * @param newEmail in lower case
 */
export function requestEmailChange(userId: string, newEmail: string): void {
  sendMail(async () => {
    if (await database().user.findUnique({ where: { email: newEmail } })) {
      tellOfExistingAccount(newEmail);
      return null;
    }
    const token = await issueOneTimeToken(userId, "change-email", linkLifeSeconds, newEmail);
    return confirmNewAddressMessage(newEmail, token);
  });
}

/** Whose address the token of a mail confirms, or null for one that does not work. It is not used up. */
export async function findVerification(
  token: string,
): Promise<{ id: string; email: string } | null> {
  const grant = await findOneTimeToken(token, "verify-email");
  return (
    grant &&
    database().user.findUnique({ where: { id: grant.userId }, select: { id: true, email: true } })
  );
}

/**
 * Whose password a token may reset, without using it up.
 *
 * @throws AppError `invalid_input` for a token that does not work
 */
export async function getPasswordReset(token: string): Promise<{ email: string; name: string }> {
  const grant = await findOneTimeToken(token, "reset-password");
  const user = grant && (await database().user.findUnique({ where: { id: grant.userId } }));
  if (!user) {
    throw invalidLink();
  }
  return { email: user.email, name: user.name };
}

/** A link from a mail that was just used up: the person as they stand, and the address it proves. */
export type OpenedLink = {
  user: { id: string; email: string; name: string; emailVerified: boolean };
  /** Null for a link that an operator handed over. */
  provenEmail: string | null;
};

/**
 * Uses up the link of a mail in the transaction that does what it allows, with its person locked.
 *
 * @throws AppError `invalid_input` for a token that does not work
 */
export async function openLink(
  tx: Transaction,
  token: string,
  purpose: Purpose,
): Promise<OpenedLink> {
  const found = await findOneTimeToken(token, purpose, tx);
  if (!found || !(await tryLockUser(tx, found.userId))) {
    throw invalidLink();
  }
  const grant = await spendOneTimeToken(tx, token, purpose);
  if (!grant) {
    throw invalidLink();
  }
  const user = await tx.user.findUniqueOrThrow({
    where: { id: grant.userId },
    select: { id: true, email: true, name: true, emailVerified: true },
  });
  return { user, provenEmail: grant.email };
}

/** What is wrong with a token from a mail that does not work, whatever the reason. */
export const invalidLinkDetail = "does not work, or no longer: a link works once, within one hour";

/** The error for a link from a mail that does not work. */
export function invalidLink(): AppError {
  return invalidMembers([{ pointer: "/token", detail: invalidLinkDetail }]);
}

/**
 * Asks the database something that is the same for everybody, where the real question is asked only
 * after the answer has left.
 *
 * @throws AppError `unavailable`
 */
async function assertDatabaseAnswers(): Promise<void> {
  await database().$queryRaw`SELECT 1`;
}

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
 * Sends another link that confirms an address, if an account with it is unconfirmed. It returns
 * before it looks that up, so that its time reveals nothing.
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
 * Sends a person the link that confirms their address. Returns at once. If accounts are made and
 * deleted again and again with one address, it gets only a few mails an hour.
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
 * Sends a link for choosing a new password to an address, if it has an account. It returns before it
 * looks that up, so that its time reveals nothing.
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
 * Sends a link to the address that a person wants to use. If the address has an account, its owner is
 * notified instead, and the person does not learn of it. Returns at once.
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

/** Finds the account that a token confirms, without using it up, or null if it does not work. */
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
 * Finds the account whose password a token may reset, without using it up.
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

/** A link that was just used up: its person, and the address that it proves to be theirs. */
export type OpenedLink = {
  user: { id: string; email: string; name: string; emailVerified: boolean };
  /** Null for a link that the operator made by a command. */
  provenEmail: string | null;
};

/**
 * Locks the person of a link and uses the link up, in the transaction that does what it allows.
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

/** What is said of every token that does not work, whatever the reason. */
export const invalidLinkDetail = "does not work, or no longer: a link works once, within one hour";

/** The error for a link from a mail that does not work. */
export function invalidLink(): AppError {
  return invalidMembers([{ pointer: "/token", detail: invalidLinkDetail }]);
}

/**
 * Checks that the database answers, for routes that look up nothing before they respond.
 *
 * @throws AppError `unavailable`
 */
async function assertDatabaseAnswers(): Promise<void> {
  await database().$queryRaw`SELECT 1`;
}

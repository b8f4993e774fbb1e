import "server-only";
import { randomUUID } from "node:crypto";
import { changeAs } from "@/lib/account/locks";
import { invalidLink, type OpenedLink, openLink } from "@/lib/account/mail-links";
import { deleteSessions, endOtherAccess } from "@/lib/account/sessions";
import { findPasswordHash } from "@/lib/auth/credentials";
import { forgetSessions } from "@/lib/auth/liveness";
import { hashPassword } from "@/lib/auth/password-hash";
import { type Transaction, transaction } from "@/lib/db/client";
import { AppError, signInFirst } from "@/lib/errors";
import { securityChangeMessage } from "@/lib/mail/notice-messages";
import { sendMail } from "@/lib/mail/send-mail";

/**
 * Sets the password of a person who has none. Like a change of password, it ends their other
 * sessions and whatever somebody else may have begun. Of two calls at once, one succeeds.
 *
 * @param sessionId the session that asks, which stays
 * @throws AppError `conflict` for a person with a password, which is changed by giving the current
 *   one; `unauthenticated` when the session ended in the same moment; `unavailable`
 */
export async function setPassword(
  userId: string,
  sessionId: string,
  newPassword: string,
): Promise<void> {
  // Checked before hashing, which takes a thousand times as long.
  if ((await findPasswordHash(userId)) !== null) {
    throw hasPassword();
  }
  const hash = await hashPassword(newPassword);
  await changeAs(userId, sessionId, async (tx) => {
    const count = await tx.$executeRaw`
      INSERT INTO "account" AS "a" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
      VALUES (${randomUUID()}, ${userId}, 'credential', ${userId}, ${hash}, now())
      ON CONFLICT ("providerId", "accountId") DO UPDATE
        SET "password" = EXCLUDED."password", "updatedAt" = now()
        WHERE "a"."password" IS NULL AND "a"."userId" = EXCLUDED."userId"`;
    if (count === 0) {
      throw hasPassword();
    }
    await endOtherAccess(tx, userId, sessionId);
  });
  forgetSessions();
}

function hasPassword(): AppError {
  return new AppError("conflict", "This account has a password. Change it instead.");
}

/**
 * Replaces the password of a person who has just proved the current one. It ends their other
 * sessions and whatever somebody who knew the previous password may have begun, all in one
 * transaction.
 *
 * @param sessionId the session that asks, which stays
 * @param currentHash the hash of the password that was proved: of two changes at once, one succeeds
 * @throws AppError `unauthenticated` when the session ended, or the password changed, in the same
 *   moment, `unavailable`
 */
export async function changePassword(
  userId: string,
  sessionId: string,
  { newPassword, currentHash }: { newPassword: string; currentHash: string },
): Promise<void> {
  const password = await hashPassword(newPassword);
  await changeAs(userId, sessionId, async (tx) => {
    const changed = await tx.account.updateMany({
      where: { userId, providerId: "credential", password: currentHash },
      data: { password },
    });
    await endOtherAccess(tx, userId, sessionId);
    if (changed.count === 0) {
      throw signInFirst();
    }
  });
  forgetSessions();
}

type Reset = { user: OpenedLink["user"]; isFirstProof: boolean };

/**
 * Sets a new password by the token of a mail, and ends every session of the account. The mail proves
 * the address. If that is the first proof of it, all other ways of signing in are removed as well.
 *
 * @param newPassword a password that follows the rules
 * @returns the account whose password was reset
 * @throws AppError `invalid_input` for a token that does not work, or was sent to a former address,
 *   `unavailable`
 */
export async function resetPassword(
  token: string,
  newPassword: string,
): Promise<{ id: string; email: string }> {
  const password = await hashPassword(newPassword);
  const { user, isFirstProof } = await transaction((tx) => resetWithin(tx, token, password));
  forgetSessions();
  sendMail(async () => securityChangeMessage(user, noticeOf(isFirstProof)));
  return { id: user.id, email: user.email };
}

async function resetWithin(tx: Transaction, token: string, password: string): Promise<Reset> {
  const { user, provenEmail } = await openLink(tx, token, "reset-password");
  if (provenEmail !== null && provenEmail !== user.email) {
    throw invalidLink();
  }
  const isFirstProof = provenEmail !== null && !user.emailVerified;
  await storePassword(tx, user.id, password);
  if (isFirstProof) {
    await removeUnverifiedSignInMethods(tx, user.id);
    await tx.user.update({ where: { id: user.id }, data: { emailVerified: true } });
  }
  // Sessions are deleted last: one that is stored after that finds its proof gone, and is refused.
  await endAllAccess(tx, user.id);
  return { user, isFirstProof };
}

/** Somebody who has signed in only with a provider so far gets a password of their own. */
async function storePassword(tx: Transaction, userId: string, password: string): Promise<void> {
  const providerId = "credential";
  const { count } = await tx.account.updateMany({
    where: { userId, providerId },
    data: { password },
  });
  if (count === 0) {
    await tx.account.create({
      data: { id: randomUUID(), accountId: userId, providerId, userId, password },
    });
  }
}

/**
 * Ends sessions and the devices they approved, links in other mails, and passkeys being registered.
 */
async function endAllAccess(tx: Transaction, userId: string): Promise<void> {
  await deleteSessions(tx, userId);
  await tx.oneTimeToken.deleteMany({ where: { userId } });
  await tx.passkeyChallenge.deleteMany({ where: { userId } });
}

function noticeOf(isFirstProof: boolean): { subject: string; text: string } {
  const rest = isFirstProof
    ? "As your address had not been confirmed before, passkeys, two-step sign-in, API keys and linked accounts were removed: somebody else could have set them up."
    : "Passkeys, two-step sign-in and API keys stay as they were. Remove those that are not yours in the settings.";
  return {
    subject: "Your password was reset",
    text: `Your account has a new password, and all sessions have ended. ${rest}`,
  };
}

/**
 * Removes every way of signing in except the password. Somebody can sign up with the address of
 * another person and add such ways; when the owner of the address takes the account over, they must
 * be gone.
 */
async function removeUnverifiedSignInMethods(tx: Transaction, userId: string): Promise<void> {
  await tx.passkey.deleteMany({ where: { userId } });
  await tx.twoStep.deleteMany({ where: { userId } });
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.apiKey.deleteMany({ where: { userId } });
  await tx.account.deleteMany({ where: { userId, providerId: { not: "credential" } } });
}

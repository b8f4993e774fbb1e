import "server-only";
import { changeAs } from "@/lib/account/locks";
import { features } from "@/lib/auth/features";
import { database, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { allProviders, type Provider } from "@/lib/operations/sign-in-ways";

/** The ways of signing in to an account, apart from passkeys. */
export type SignInMethods = { hasPassword: boolean; providers: Provider[] };

/** Whether a person has a password, and which providers their account is linked to. */
export async function getSignInMethods(userId: string): Promise<SignInMethods> {
  const rows = await database().account.findMany({
    where: { userId },
    select: { providerId: true, password: true },
  });
  return {
    hasPassword: rows.some((row) => row.providerId === "credential" && row.password !== null),
    providers: allProviders.filter((provider) => rows.some((row) => row.providerId === provider)),
  };
}

/**
 * Unlinks a provider from an account.
 *
 * @param sessionId the session that asks
 * @throws AppError `not_found` when it is not linked, `conflict` when it is the last way of signing
 *   in, `unauthenticated` when the session ended in the same moment
 */
export async function unlinkProvider(
  userId: string,
  sessionId: string,
  provider: Provider,
): Promise<void> {
  await changeAs(userId, sessionId, async (tx) => {
    const { count } = await tx.account.deleteMany({ where: { userId, providerId: provider } });
    if (count === 0) {
      throw new AppError("not_found", "The account is not linked to this provider.");
    }
    if (!(await hasSignInMethod(tx, userId))) {
      throw new AppError(
        "conflict",
        "This is the last way into your account. Set a password or add a passkey first.",
      );
    }
  });
}

/** Whether a person can sign in: by a password, a passkey or a provider that this site offers. */
export async function hasSignInMethod(tx: Transaction, userId: string): Promise<boolean> {
  const accounts = await tx.account.count({
    where: {
      userId,
      OR: [
        { providerId: "credential", password: { not: null } },
        { providerId: { in: features.providers } },
      ],
    },
  });
  return accounts > 0 || (await tx.passkey.count({ where: { userId } })) > 0;
}

import "server-only";
import { listApiKeys } from "@/lib/account/api-keys";
import { listPasskeys } from "@/lib/account/passkeys";
import { getProfile } from "@/lib/account/profile";
import { describeSession, sessionColumns } from "@/lib/account/sessions";
import { getTwoStep } from "@/lib/account/two-step";
import { database } from "@/lib/db/client";
import { exportFormat, exportVersion } from "@/lib/operations/export-schema";

/**
 * Everything this site stores about a person except their tasks and their credentials: the members
 * of an export file that come before the tasks.
 *
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function exportAccount(userId: string) {
  const twoStep = await getTwoStep(userId);
  return {
    format: exportFormat,
    version: exportVersion,
    exportedAt: new Date(),
    profile: await getProfile(userId),
    signInMethods: await listMethods(userId),
    twoStep,
    passkeys: (await listPasskeys(userId)).map(({ id: _, ...passkey }) => passkey),
    apiKeys: (await listApiKeys(userId)).map(({ id: _, ...key }) => key),
    sessions: await listVisits(userId),
  };
}

async function listMethods(userId: string) {
  const rows = await database().account.findMany({
    where: { userId },
    select: { providerId: true, accountId: true, createdAt: true },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ providerId, accountId, createdAt }) => {
    const isPassword = providerId === "credential";
    return {
      method: isPassword ? "password" : providerId,
      providerAccountId: isPassword ? null : accountId,
      createdAt,
    };
  });
}

async function listVisits(userId: string) {
  const rows = await database().session.findMany({
    where: { userId },
    select: sessionColumns,
    orderBy: { createdAt: "asc" },
  });
  return rows.map((row) => ({ userAgent: row.userAgent, ...describeSession(row) }));
}

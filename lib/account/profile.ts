import "server-only";
import { asTheme, asTimeFormat, asWeekStart, type Profile } from "@/lib/account/profile-values";
import { database } from "@/lib/db/client";
import { signInFirst } from "@/lib/errors";

/**
 * A person's profile and preferences.
 *
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function getProfile(userId: string): Promise<Profile> {
  const user = await database().user.findUnique({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      emailVerified: true,
      timeZone: true,
      weekStart: true,
      timeFormat: true,
      theme: true,
      singleKeys: true,
      createdAt: true,
    },
  });
  if (!user) {
    throw signInFirst();
  }
  return {
    ...user,
    weekStart: asWeekStart(user.weekStart),
    timeFormat: asTimeFormat(user.timeFormat),
    theme: asTheme(user.theme),
  };
}

type Writable = "name" | "timeZone" | "weekStart" | "timeFormat" | "theme" | "singleKeys";

/** Changes to a profile. A member that is missing stays as it is; null clears it. */
export type ProfileChanges = { [Member in Writable]?: Profile[Member] | undefined };

/**
 * Changes a person's profile and preferences.
 *
 * @throws AppError `unauthenticated` when the account was deleted in the same moment
 */
export async function updateProfile(userId: string, changes: ProfileChanges): Promise<void> {
  const { count } = await database().user.updateMany({
    where: { id: userId },
    data: written(changes),
  });
  if (count === 0) {
    throw signInFirst();
  }
}

/** Without undefined members, which Prisma does not accept. */
function written(changes: ProfileChanges) {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

import "server-only";
import { asTheme, asTimeFormat, asWeekStart, type Profile } from "@/lib/account/profile-values";
import { database } from "@/lib/db/client";
import { signInFirst } from "@/lib/errors";

/**
 * What a person has told about themselves, and how they like to see times and colors.
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

/** What changes of a profile; what is left out stays, null clears. */
export type ProfileChanges = { [Member in Writable]?: Profile[Member] | undefined };

/**
 * Changes what a person tells about themselves.
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

/** Prisma takes no member that is undefined. */
function written(changes: ProfileChanges) {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

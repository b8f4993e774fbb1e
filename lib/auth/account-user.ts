import "server-only";
import { database } from "@/lib/db/client";

/** A person as the answer of a sign-in shows them to themselves. */
export type AccountUser = {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  image: string | null;
  createdAt: Date;
  updatedAt: Date;
};

/** The person of an id, or null when their account is gone. */
export function findAccountUser(userId: string): Promise<AccountUser | null> {
  return database().user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      name: true,
      email: true,
      emailVerified: true,
      image: true,
      createdAt: true,
      updatedAt: true,
    },
  });
}

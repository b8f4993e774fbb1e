import { scryptSync } from "node:crypto";
import { database } from "@/lib/db/client";
import { createUser, randomText, type SignedIn } from "@/tests/support/users";

export const password = "quiet otter reads maps";

// A hash of low cost, so that many tries are quick. The first right one replaces it.
const salt = Buffer.alloc(3);
const key = scryptSync(password, salt, 32, { N: 16, r: 8, p: 1 });
const cheapHash = `$scrypt$ln=4,r=8,p=1$${salt.toString("base64")}$${key.toString("base64").replace("=", "")}`;

/** Makes a user with a password who is signed in. */
export async function createUserWithPassword(): Promise<SignedIn> {
  const user = await createUser();
  await givePassword(user.id);
  return user;
}

/** Gives a user the password, or makes its hash cheap again. */
export async function givePassword(userId: string): Promise<void> {
  await database().account.upsert({
    where: { providerId_accountId: { providerId: "credential", accountId: userId } },
    create: {
      id: randomText(),
      accountId: userId,
      providerId: "credential",
      userId,
      password: cheapHash,
    },
    update: { password: cheapHash },
  });
}

import { database } from "@/lib/db/client";
import { randomText } from "@/tests/support/users";

/** Makes the row of an account that signs in by password, without one. */
export async function storeCredential(userId: string): Promise<void> {
  await database().account.create({
    data: { id: randomText(), accountId: userId, providerId: "credential", userId },
  });
}

/** Gives a user one of each way in. */
export async function setUpWaysIn(userId: string): Promise<void> {
  await storeCredential(userId);
  await database().account.create({
    data: { id: randomText(), accountId: randomText(), providerId: "github", userId },
  });
  await database().passkey.create({
    data: {
      userId,
      id: randomText(),
      name: "A phone",
      credentialId: randomText(),
      publicKey: "",
      counter: 0,
      transports: "",
      backedUp: false,
    },
  });
  await database().twoStep.create({ data: { userId, enabledAt: new Date() } });
  await database().recoveryCode.create({ data: { userId, hash: randomText() } });
  await database().apiKey.create({
    data: {
      userId,
      id: randomText(),
      name: "A script",
      scopes: "tasks:read",
      hash: randomText(),
      lastFour: "abcd",
    },
  });
}

/** How many of each way in a user has. */
export async function countWaysIn(userId: string) {
  const where = { where: { userId } };
  return {
    passkeys: await database().passkey.count(where),
    twoStep: await database().twoStep.count(where),
    recoveryCodes: await database().recoveryCode.count(where),
    apiKeys: await database().apiKey.count(where),
    accounts: await database().account.count(where),
  };
}

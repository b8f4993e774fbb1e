import "server-only";
import { appUri, newAppSecret } from "@/lib/auth/authenticator-app";
import { encrypt } from "@/lib/auth/encryption";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/** What an authenticator app is told, by a QR code or by hand. */
export type AppEnrolment = { totpURI: string; secret: string };

/**
 * Makes a secret for an authenticator app. It counts for nothing until its first code confirms it;
 * until then it may be made anew.
 *
 * @throws AppError `conflict` when the account has an app already
 */
export async function beginAuthenticatorApp(user: {
  id: string;
  email: string;
}): Promise<AppEnrolment> {
  const secret = newAppSecret();
  const encrypted = await encrypt(secret);
  const begun = await database().$executeRaw`
    INSERT INTO "twoStep" AS "t" ("userId", "secret")
    SELECT "id", ${encrypted} FROM "user" WHERE "id" = ${user.id}
    ON CONFLICT ("userId") DO UPDATE SET "secret" = EXCLUDED."secret" WHERE "t"."lastStep" IS NULL`;
  if (begun === 0) {
    throw new AppError(
      "conflict",
      "This account has an authenticator app. Turn two-step sign-in off before you set up another.",
    );
  }
  return { totpURI: appUri(secret, user.email), secret };
}

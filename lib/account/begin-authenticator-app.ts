import "server-only";
import { changeAs } from "@/lib/account/locks";
import { appUri, newAppSecret } from "@/lib/auth/authenticator-app";
import { encrypt } from "@/lib/auth/encryption";
import { AppError } from "@/lib/errors";

/** What an authenticator app is told, by a QR code or by hand. */
export type AppEnrolment = { totpURI: string; secret: string };

/**
 * Makes a secret for an authenticator app. It counts for nothing until its first code confirms it;
 * until then it may be made again.
 *
 * @param sessionId the session that asks
 * @throws AppError `conflict` when the account has an app already, `unauthenticated` when the session
 *   was ended in the same moment
 */
export async function beginAuthenticatorApp(
  user: { id: string; email: string },
  sessionId: string,
): Promise<AppEnrolment> {
  const secret = newAppSecret();
  const encrypted = await encrypt(secret);
  const begun = await changeAs(user.id, sessionId, async (tx) => {
    return tx.$executeRaw`
      INSERT INTO "twoStep" AS "t" ("userId", "secret") VALUES (${user.id}, ${encrypted})
      ON CONFLICT ("userId") DO UPDATE SET "secret" = EXCLUDED."secret"
        WHERE "t"."lastStep" IS NULL`;
  });
  if (begun === 0) {
    throw new AppError(
      "conflict",
      "This account has an authenticator app. Turn two-step sign-in off before you set up another.",
    );
  }
  return { totpURI: appUri(secret, user.email), secret };
}

import { Secret, TOTP } from "otpauth";

const periodSeconds = 30;

/**
 * The code that an authenticator app shows for a key.
 *
 * @param periodsAhead 1 for the next one, since no code works twice and half a minute is long
 */
export function totpCode(secret: string, periodsAhead = 0): string {
  const app = new TOTP({ secret: Secret.fromBase32(secret), period: periodSeconds });
  return app.generate({ timestamp: Date.now() + periodsAhead * periodSeconds * 1_000 });
}

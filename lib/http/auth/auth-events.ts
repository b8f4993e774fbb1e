import "server-only";
import { type AccountChange, tellOfChange } from "@/lib/account/notices";
import { requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/log";

/** The events of accounts that are logged. `specs/004-jwt-auth/log.md` explains each. */
export const authEvents = [
  "signed up",
  "signed in",
  "second step asked",
  "second step failed",
  "second step refused",
  "recovery code used",
  "identity confirmed",
  "two-step sign-in turned on",
  "two-step sign-in turned off",
  "recovery codes renewed",
  "passkey added",
  "passkey removed",
  "signed out",
  "sign-in failed",
  "sign-in refused",
  "password changed",
  "password set",
  "password refused",
  "sessions revoked",
  "API key made",
  "API key revoked",
  "API key refused",
  "device let in",
  "device turned away",
  "password reset requested",
  "password reset",
  "address verification requested",
  "address verified",
  "address change requested",
  "address changed",
  "provider linked",
  "provider unlinked",
  "provider refused",
  "data exported",
  "account deleted",
  "account declined",
] as const;

export type AuthEvent = (typeof authEvents)[number];

/** Logs an event of an account with the user's id, and without addresses or secrets. */
export function logAuthEvent(event: AuthEvent, userId?: string): void {
  const context = requestContext();
  if (userId !== undefined) {
    context.userId = userId;
  }
  log.info({ requestId: context.requestId, userId: context.userId, event }, "auth");
}

/** Logs a change to the security of an account, and notifies its owner by mail. */
export function recordChange(
  user: { id: string; email: string; name: string },
  change: AccountChange,
): void {
  logAuthEvent(change, user.id);
  tellOfChange(user, change);
}

import "server-only";
import { requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/log";

export type AuthEvent =
  | "signed up"
  | "signed in"
  | "signed out"
  | "sign-in failed"
  | "sign-in refused"
  | "password changed"
  | "password refused"
  | "sessions revoked"
  | "account deleted";

/** Writes what happened to an account into the log: whose it is, and neither address nor secret. */
export function logAuthEvent(event: AuthEvent, userId?: string): void {
  const context = requestContext();
  if (userId !== undefined) {
    context.userId = userId;
  }
  log.info({ requestId: context.requestId, userId: context.userId, event }, "auth");
}

import "server-only";
import { type AccountChange, tellOfChange } from "@/lib/account/notices";
import { logAuthEvent } from "@/lib/http/auth/auth-log";

/** Writes a change of what protects an account into the log, and tells its person by mail. */
export function recordChange(
  user: { id: string; email: string; name: string },
  change: AccountChange,
): void {
  logAuthEvent(change, user.id);
  tellOfChange(user, change);
}

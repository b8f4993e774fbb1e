import "server-only";
import { assertSecretOpensKeys } from "@/lib/auth/keys";
import { openDatabase } from "@/lib/db/open";
import { env } from "@/lib/env";
import { authSecrets } from "@/lib/secret";
import { screenHttpRequests } from "@/lib/server/http-server";
import { closeAtEnd, endInOrderOnSignals } from "@/lib/server/shutdown";

/**
 * Makes this process ready to serve: takes charge of the HTTP server and the signals, opens the
 * database and checks that the secret opens its keys. On Vercel the server is not ours.
 *
 * @throws Error with the way out when a setting, the secret or the database does not allow it
 */
export async function prepareServer(): Promise<void> {
  if (!env.onVercel) {
    endInOrderOnSignals();
    screenHttpRequests();
  }
  authSecrets();
  closeAtEnd(await openDatabase());
  await assertSecretOpensKeys();
}

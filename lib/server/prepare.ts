import "server-only";
import { stopPurge } from "@/lib/auth/purge-ended";
import { assertSecretOpensKeys } from "@/lib/auth/signing-keys";
import { openDatabase } from "@/lib/db/open";
import { authSecrets } from "@/lib/db/secret";
import { env } from "@/lib/env";
import { prepareMail } from "@/lib/mail/prepare-mail";
import { settleMail } from "@/lib/mail/send-mail";
import { screenHttpRequests } from "@/lib/server/http-server";
import { closeAtEnd, endInOrderOnSignals, whenEndBegins } from "@/lib/server/shutdown";
import { warnOfLittleMemory } from "@/lib/server/warn-of-little-memory";
import { warnOfPlainHttp } from "@/lib/server/warn-of-plain-http";
import { endHeldRequests } from "@/lib/sync/held-requests";

// Of the second that closing may take; a mail or a batch of the purge under way needs the database.
const workMillisecondsAtEnd = 700;

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
  warnOfPlainHttp();
  warnOfLittleMemory();
  prepareMail();
  const closeDatabase = await openDatabase();
  whenEndBegins(endHeldRequests);
  closeAtEnd(async () => {
    await Promise.all([settleMail(workMillisecondsAtEnd), stopPurge(workMillisecondsAtEnd)]);
    await closeDatabase();
  });
  await assertSecretOpensKeys();
}

import "server-only";
import { waitUntil } from "@vercel/functions";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { processWide } from "@/lib/process-wide";

const minutes = 5;
const sessionsMax = 20_000;

const noted = processWide("sessions seen", () => new Map<string, number>());

/**
 * Stores when a session was last used, at most every five minutes. It returns at once: no request
 * waits for it or fails with it.
 */
export function noteSeen(sessionId: string): void {
  const now = performance.now();
  const last = noted.get(sessionId) ?? Number.NEGATIVE_INFINITY;
  if (now - last < minutes * 60_000) {
    return;
  }
  noted.delete(sessionId);
  noted.set(sessionId, now);
  const [oldest] = noted.keys();
  if (noted.size > sessionsMax && oldest !== undefined) {
    noted.delete(oldest);
  }
  waitUntil(
    write(sessionId).catch((error) => log.warn({ error }, "a session's last use was not noted")),
  );
}

/** The condition keeps it to five minutes across processes, too. */
async function write(sessionId: string): Promise<void> {
  await database().$executeRaw`
    UPDATE "session" SET "lastSeenAt" = now()
    WHERE "id" = ${sessionId}
      AND COALESCE("lastSeenAt", '-infinity') < now() - make_interval(mins => ${minutes})`;
}

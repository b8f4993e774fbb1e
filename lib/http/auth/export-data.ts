import "server-only";
import { exportAccount } from "@/lib/account/export-account";
import { getProfile } from "@/lib/account/profile";
import { limitRequests } from "@/lib/auth/rate-limits";
import { logAuthEvent } from "@/lib/http/auth/auth-events";
import { type Endpoints, get } from "@/lib/http/auth/endpoint";
import { type SignedInUser, withUser } from "@/lib/http/auth/with-user";
import { requestContext } from "@/lib/http/request-context";
import { log } from "@/lib/log";
import type { ExportedTask } from "@/lib/operations/export-schema";

/** Reads all tasks of a user, page by page. */
export type ExportTasks = (userId: string) => AsyncIterable<ExportedTask[]>;

/** The route that exports all data of a person. */
export function exportEndpoints(exportTasks: ExportTasks): Endpoints {
  return { "/export-data": get(withUser((_request, user) => exportData(user, exportTasks))) };
}

/**
 * Answers with one JSON file that is streamed, so that its size does not matter. If something fails
 * in the middle, the answer breaks off, and what has arrived is not valid JSON.
 */
async function exportData(user: SignedInUser, exportTasks: ExportTasks): Promise<Response> {
  await limitRequests("exportData", user.id);
  const head = await exportAccount(user.id);
  logAuthEvent("data exported");
  const date = head.exportedAt.toISOString().slice(0, "YYYY-MM-DD".length);
  return new Response(streamOf(write(user.id, head, exportTasks)), {
    headers: {
      "Content-Type": "application/json",
      "Content-Disposition": `attachment; filename="evo-todo-${date}.json"`,
    },
  });
}

async function* write(
  userId: string,
  head: Record<string, unknown>,
  exportTasks: ExportTasks,
): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"tasks":[`;
  let separator = "\n";
  for await (const tasks of exportTasks(userId)) {
    if (tasks.length > 0) {
      yield separator + tasks.map((task) => JSON.stringify(task)).join(",\n");
      separator = ",\n";
    }
  }
  // If the account was deleted meanwhile, its tasks are gone and the file would only look complete.
  await getProfile(userId);
  yield "\n]}\n";
}

/** Reads the next part only when the client wants more, and fails if a part fails. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const { requestId } = requestContext();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await parts.next();
          return done ? controller.close() : controller.enqueue(encoder.encode(value));
        } catch (error) {
          log.error({ requestId, error }, "an export broke off");
          controller.error(error);
        }
      },
      async cancel() {
        await parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

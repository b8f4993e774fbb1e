import type { Api } from "@/lib/client/api";
import { readFeedPage } from "@/lib/client/read-feed-page";
import { readTask, readTaskPage } from "@/lib/client/task-api";
import type { OperationBody, OperationCall } from "@/lib/operations/operation";
import type { Operations } from "@/lib/operations/operations";
import { syncLines, taskLines } from "@/lib/operations/request-lines";

/** What any operation may be called with. */
type Call = {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number>>;
  body?: unknown;
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
  timeoutMilliseconds?: number;
  isInBackground?: boolean;
};

const lines = { ...taskLines, readChanges: syncLines.readChanges };

/** The operations that the browser calls. */
type CalledName = keyof typeof lines;

type Readers = {
  [Name in CalledName]: (body: unknown) => OperationBody<Operations[Name]>;
};

/** What turns the body of each answer into what is declared, or throws. */
const readers: Readers = {
  listTasks: readTaskPage,
  createTask: readTask,
  getTask: readTask,
  updateTask: readTask,
  patchTask: readTask,
  deleteTask: () => undefined,
  completeTask: readTask,
  restoreTask: readTask,
  readChanges: readFeedPage,
};

/**
 * Calls an operation of the API by its name, with what its declaration takes.
 *
 * @param input `version` is sent as `If-Match`
 * @returns the body of the answer, checked
 * @throws ApiError with a code that the operation declares, or one of `ApiError`'s own
 */
export function call<Name extends CalledName>(
  api: Api,
  name: Name,
  input: OperationCall<Operations[Name]> & Call,
): Promise<OperationBody<Operations[Name]>> {
  const { method, path } = lines[name];
  const { params, query, ...rest }: Call = input;
  return api.request({
    ...rest,
    method,
    path: addressOf(path, params, query),
    read: readers[name],
  });
}

function addressOf(path: string, params: Call["params"] = {}, query: Call["query"] = {}): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  );
  return search.size > 0 ? `${filled}?${search}` : filled;
}

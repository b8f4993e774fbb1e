import { ApiError, readProblem } from "@/lib/client/api-error";

const timeoutMilliseconds = 60_000;
const fileNameOtherwise = "evo-todo-export.json";

/**
 * All of a person's data as one JSON file. Fetched rather than linked to, so that a failure can be
 * told and is never saved as a file.
 *
 * @throws ApiError
 */
export async function fetchExport(): Promise<{ name: string; content: Blob }> {
  try {
    const response = await fetch("/api/auth/export-data", {
      cache: "no-store",
      redirect: "error",
      credentials: "same-origin",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const { status, headers } = response;
    if (!response.ok) {
      throw readProblem(status, headers, await readJson(response));
    }
    return { name: fileNameOf(headers), content: await response.blob() };
  } catch (error) {
    if (error instanceof ApiError) {
      throw error;
    }
    throw new ApiError({ status: 0, code: "network", detail: "The server could not be reached." });
  }
}

function fileNameOf(headers: Headers): string {
  const found = /filename="([\w.-]+)"/.exec(headers.get("content-disposition") ?? "");
  return found?.[1] ?? fileNameOtherwise;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // A failure that says nothing of itself is told by its status.
    return null;
  }
}

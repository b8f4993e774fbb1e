import { ApiError, readProblem, unexpectedAnswer } from "@/lib/client/api-error";

const timeoutMillisecondsDefault = 12_000;

export type Answer = { status: number; headers: Headers; body: unknown };

/**
 * One request and its whole answer, within `timeoutMilliseconds`, 12 seconds without it.
 *
 * @returns answers of 2xx and 304
 * @throws ApiError for every other answer and for none at all; an abort by the caller's own signal
 *   is thrown as it is
 */
export async function send(
  path: string,
  init: RequestInit,
  timeoutMilliseconds = timeoutMillisecondsDefault,
): Promise<Answer> {
  const callers = init.signal ?? undefined;
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  callers?.throwIfAborted();

  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      cache: "no-store",
      redirect: "error",
      ...init,
      signal: eitherOf(timeout, callers),
    });
    text = await response.text();
  } catch {
    callers?.throwIfAborted();
    throw noAnswer(timeout.aborted);
  }

  callers?.throwIfAborted();
  const { status, headers } = response;
  const body = readBody(status, headers, text);
  if (response.ok || status === 304) {
    return { status, headers, body };
  }
  throw readProblem(status, headers, body);
}

/** Safari before 17.4 has no `AbortSignal.any`: there the caller's abort is heeded after the answer. */
function eitherOf(timeout: AbortSignal, callers: AbortSignal | undefined): AbortSignal {
  return callers && "any" in AbortSignal ? AbortSignal.any([timeout, callers]) : timeout;
}

function readBody(status: number, headers: Headers, text: string): unknown {
  if (text === "") {
    return null;
  }
  const type = headers.get("content-type") ?? "";
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
    if (status < 400) {
      throw unexpectedAnswer(status);
    }
    return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw unexpectedAnswer(status);
  }
}

function noAnswer(timedOut: boolean): ApiError {
  return timedOut
    ? new ApiError({ status: 0, code: "timeout", detail: "The server took too long to answer." })
    : new ApiError({ status: 0, code: "network", detail: "The server could not be reached." });
}

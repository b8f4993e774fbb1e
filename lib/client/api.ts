import { type AccessToken, createAccessToken } from "@/lib/client/access-token";
import { ApiError } from "@/lib/client/api-error";
import { withBackOff } from "@/lib/client/back-off";
import { type Answer, send } from "@/lib/client/send";
import { createSessionGate, type SessionGate } from "@/lib/client/session-gate";
import { openTabChannel, type TabChannel } from "@/lib/client/tab-channel";
import type { Method } from "@/lib/operations/request-lines";

const rememberedAnswersMax = 40;

type ApiRequest<Result> = {
  method: Method;
  path: string;
  /** Turns the answer's body into what the caller wants, or throws when it is something else. */
  read: (body: unknown) => Result;
  body?: unknown;
  /** The version the change is based on; sent as `If-Match`. */
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** How long the answer may take, where that is longer than `send` waits by itself. */
  timeoutMilliseconds?: number;
  /** Nobody did anything for which to be asked to sign in: the end of the session is thrown. */
  isInBackground?: boolean;
};

export type Api = {
  request: <Result>(request: ApiRequest<Result>) => Promise<Result>;
  session: SessionGate;
  channel: TabChannel | null;
  /** Forgets everything of this user in this tab. */
  forget: () => void;
};

type Remembered = { etag: string; body: unknown };

/**
 * The task API for one signed-in user, as the OpenAPI document describes it.
 *
 * A request carries the bearer token, is tried once more with a fresh one after a 401, waits with
 * jitter on 503 and 429, and is repeated after a lost connection where a repeat is harmless. When
 * the session is over it waits at `session` until the person has signed in again.
 *
 * @throws ApiError from `request` for every failure; an abort by `signal` is thrown as it is
 */
export function createApi(userId: string, channel: TabChannel | null): Api {
  const session = createSessionGate();
  const token: AccessToken = createAccessToken(userId, channel);
  const remembered = new Map<string, Remembered>();

  function remember(path: string, answer: Answer) {
    const etag = answer.headers.get("etag");
    remembered.delete(path);
    if (etag) {
      remembered.set(path, { etag, body: answer.body });
    }
    const oldest = remembered.keys().next();
    if (remembered.size > rememberedAnswersMax && !oldest.done) {
      remembered.delete(oldest.value);
    }
  }

  async function attempt(request: ApiRequest<unknown>, bearer: string): Promise<unknown> {
    const known = request.method === "GET" ? remembered.get(request.path) : undefined;
    const init: RequestInit = {
      method: request.method,
      headers: headersOf(request, bearer, known?.etag),
      credentials: "omit",
      // A write goes out even when the page is closed in the same moment.
      keepalive: request.method !== "GET",
    };
    if (request.body !== undefined) {
      init.body = JSON.stringify(request.body);
    }
    if (request.signal) {
      init.signal = request.signal;
    }
    const answer = await send(request.path, init, request.timeoutMilliseconds);
    if (answer.status === 304 && known) {
      return known.body;
    }
    if (request.method === "GET") {
      remember(request.path, answer);
    }
    return answer.body;
  }

  async function authorized(request: ApiRequest<unknown>): Promise<unknown> {
    const bearer = await token.get();
    try {
      return await attempt(request, bearer);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) {
        throw error;
      }
      token.refuse(bearer);
      return attempt(request, await token.get());
    }
  }

  async function signedIn(request: ApiRequest<unknown>): Promise<unknown> {
    for (;;) {
      try {
        return await withBackOff(
          () => authorized(request),
          (error) => mayRepeat(request, error),
          request.signal,
        );
      } catch (error) {
        await passSession(request, error);
      }
    }
  }

  /** Waits until the person has signed in again, where the error says that the session is over. */
  async function passSession(request: ApiRequest<unknown>, error: unknown): Promise<void> {
    const over = sessionError(error);
    if (!over) {
      throw error;
    }
    if (over.code === "another_person") {
      session.replace();
    }
    if (request.isInBackground) {
      throw over;
    }
    await session.pass(over);
  }

  function forget() {
    token.clear();
    remembered.clear();
  }

  channel?.listen((message) => {
    if (message.kind === "signed-out") {
      forget();
    }
    if (message.kind === "token" && message.userId === userId) {
      session.reopen();
    }
  });

  return {
    request: async (request) => request.read(await signedIn(request)),
    session,
    channel,
    forget,
  };
}

const opened = new Map<string, Api>();

/** The API of this user in this tab; the same object on every call. For the browser only. */
export function browserApi(userId: string): Api {
  const known = opened.get(userId);
  if (known) {
    return known;
  }
  const api = createApi(userId, openTabChannel());
  opened.set(userId, api);
  return api;
}

function isRepeatable(request: ApiRequest<unknown>): boolean {
  if (request.method === "GET" || request.method === "DELETE") {
    return true;
  }
  return request.idempotencyKey !== undefined || request.version !== undefined;
}

function mayRepeat(request: ApiRequest<unknown>, error: ApiError): boolean {
  if (error.status === 429 || error.status === 503) {
    return true;
  }
  if (error.code === "idempotency_in_progress") {
    return true;
  }
  const unknownOutcome = error.status === 0 || error.status === 502 || error.status === 504;
  return unknownOutcome && isRepeatable(request);
}

function headersOf(request: ApiRequest<unknown>, token: string, etag: string | undefined) {
  const headers = new Headers({ authorization: `Bearer ${token}`, accept: "application/json" });
  if (request.body !== undefined) {
    headers.set("content-type", "application/json");
  }
  if (request.version !== undefined) {
    headers.set("if-match", `"${request.version}"`);
  }
  if (request.idempotencyKey !== undefined) {
    headers.set("idempotency-key", request.idempotencyKey);
  }
  if (etag !== undefined) {
    headers.set("if-none-match", etag);
  }
  return headers;
}

/** The error where it says that the session is over or another's, otherwise null. */
function sessionError(error: unknown): ApiError | null {
  if (!(error instanceof ApiError)) {
    return null;
  }
  return error.code === "signed_out" || error.code === "another_person" ? error : null;
}

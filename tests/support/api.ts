import { matchRoute } from "@/tests/support/routes";
import { validateAnswer } from "@/tests/support/validate-answer";

const origin = "http://localhost:3000";

/** What a test sends beside method and path. */
export type Sent = {
  /** Sent as a bearer token. */
  token?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, as application/json unless `headers` says otherwise. */
  raw?: BodyInit;
  /** Beside or in place of those that follow from the rest. */
  headers?: Record<string, string>;
};

/** An answer whose body has been read: JSON parsed, other text as it is, null for none. */
export type Answer = { status: number; headers: Headers; body: unknown };

/**
 * Calls the route handler that Next would call, on the real database, and checks the answer
 * against the OpenAPI document.
 */
export async function call(method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { read, text } = await callUnchecked(method, path, sent);
  validateAnswer(method, new URL(path, origin).pathname, read, text);
  return read;
}

/** The same without the check: the answer, and its body as it came. */
export async function callUnchecked(
  method: string,
  path: string,
  sent: Sent = {},
): Promise<{ read: Answer; text: string }> {
  const request = new Request(new URL(path, origin), {
    method,
    headers: headersOf(sent),
    body: bodyOf(sent),
  });
  const response = await answer(request);
  const text = await response.text();
  return {
    read: { status: response.status, headers: response.headers, body: parseBody(text) },
    text,
  };
}

/** Answers a request as the running app would, without a check of the answer. */
export async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const match = matchRoute(pathname);
  if (!match) {
    throw new Error(`No route under app/api answers ${pathname}.`);
  }
  const handlers = await match.route.load();
  const handler =
    handlers[request.method] ?? (request.method === "HEAD" ? handlers.GET : undefined);
  if (typeof handler !== "function") {
    throw new Error(`${match.route.path} does not export ${request.method}.`);
  }
  return handler(request, { params: Promise.resolve(match.params) });
}

function headersOf({ token, body, raw, headers }: Sent): Headers {
  const all = new Headers({ "X-Forwarded-For": "127.0.0.1" });
  if (token !== undefined) {
    all.set("Authorization", `Bearer ${token}`);
  }
  if (body !== undefined || raw !== undefined) {
    all.set("Content-Type", "application/json");
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    all.set(name, value);
  }
  return all;
}

function bodyOf({ body, raw }: Sent): BodyInit | null {
  return raw ?? (body === undefined ? null : JSON.stringify(body));
}

function parseBody(text: string): unknown {
  if (text === "") {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

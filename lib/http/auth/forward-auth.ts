import "server-only";
import { z } from "zod";
import { authPath } from "@/lib/auth/create-auth";
import { userAgentOf } from "@/lib/auth/request-client";
import { callAuth } from "@/lib/auth/server";
import { env } from "@/lib/env";
import { AppError, signInFirst } from "@/lib/errors";

const forwardedHeaders = ["cookie", "x-forwarded-for"];

const refusal = z.object({ code: z.string() });

/** An answer of Better Auth: its JSON without session tokens, and its cookies. */
export type AuthAnswer = { body: unknown; cookies: string[] };

/**
 * Forwards a request to Better Auth with a parsed body, and removes the session tokens from its
 * answer: they are sent in cookies only, which scripts cannot read.
 *
 * @throws AppError for every answer that is not a success
 */
export async function forwardAuth(request: Request, body?: unknown): Promise<AuthAnswer> {
  const response = await callAuth(ownRequest(request, body));
  const text = await response.text();
  const answer: unknown = text === "" ? null : JSON.parse(text);
  if (!response.ok) {
    throw explain(response.status, refusal.safeParse(answer).data?.code ?? "");
  }
  return { body: withoutSessionTokens(answer), cookies: response.headers.getSetCookie() };
}

/** The response for the client. */
export function authResponse({ body, cookies }: AuthAnswer): Response {
  return withCookies(Response.json(body), cookies);
}

/** Adds cookies to a response. */
export function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) {
    response.headers.append("Set-Cookie", cookie);
  }
  return response;
}

/**
 * The request that is forwarded to Better Auth. The route has checked its origin, so it names our
 * own.
 *
 * @param query the parameters to forward
 */
export function ownRequest(
  request: Request,
  body?: unknown,
  query: Record<string, string> = {},
): Request {
  const headers = new Headers({ Origin: env.baseUrl });
  for (const name of forwardedHeaders) {
    const value = request.headers.get(name);
    if (value !== null) {
      headers.set(name, value);
    }
  }
  headers.set("User-Agent", userAgentOf(request.headers));
  const url = new URL(new URL(request.url).pathname, env.baseUrl);
  url.search = new URLSearchParams(query).toString();
  if (request.method !== "POST") {
    return new Request(url, { headers });
  }
  headers.set("Content-Type", "application/json");
  return new Request(url, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
}

function explain(status: number, code: string): AppError {
  if (status === 401) {
    return signInFirst();
  }
  return status < 500
    ? new AppError("invalid_request", "The request was refused.")
    : new AppError("internal", "The request could not be completed. It is in our log.", {
        cause: new Error(`Better Auth answered ${status} ${code}`),
      });
}

/**
 * Session tokens are members named `token`: beside a user, in `session`, or in a list of sessions.
 */
function withoutSessionTokens(answer: unknown): unknown {
  if (Array.isArray(answer)) {
    return answer.map(withoutToken);
  }
  if (!isRecord(answer)) {
    return answer;
  }
  const isTokenAnswer = Object.keys(answer).join() === "token";
  if (isTokenAnswer) {
    return answer;
  }
  const { session, ...rest } = withoutToken(answer);
  return session === undefined ? rest : { ...rest, session: withoutToken(session) };
}

function withoutToken(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) {
    return {};
  }
  const { token: _, ...rest } = value;
  return rest;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * Signs a browser out: ends its session, and deletes its cookie and what the browser stores for this
 * site. The cookie of a trusted device stays, because it contains no data of the person.
 *
 * @param body the body of the answer
 * @throws AppError `unavailable`, and then the session is not ended
 */
export async function signedOut(request: Request, body: unknown): Promise<Response> {
  const { cookies } = await forwardAuth(
    new Request(new URL(`${authPath}/sign-out`, env.baseUrl), {
      method: "POST",
      headers: request.headers,
    }),
  );
  const response = authResponse({ body, cookies });
  // Not "cache": it delays the answer in Chromium by seconds, and since pages and answers are
  // no-store, nothing is cached. Not "cookies": it would delete the cookie of a trusted device.
  response.headers.set("Clear-Site-Data", '"storage"');
  return response;
}

import "server-only";
import { z } from "zod";
import { authPath } from "@/lib/auth/create-auth";
import { userAgentOf } from "@/lib/auth/request-client";
import { callAuth } from "@/lib/auth/server";
import { env } from "@/lib/env";
import { AppError, signInFirst } from "@/lib/errors";

const forwardedHeaders = ["cookie", "x-forwarded-for"];

const refusal = z.object({ code: z.string() });

/** What Better Auth answered: its JSON without session tokens, and its cookies. */
export type AuthAnswer = { body: unknown; cookies: string[] };

/**
 * Sends a request on to Better Auth with a body that has been parsed, and takes the session tokens
 * out of its answer: they live in cookies, which no script reads.
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

/** The answer to the client. */
export function authResponse({ body, cookies }: AuthAnswer): Response {
  return withCookies(Response.json(body), cookies);
}

/** The answer with further cookies. */
export function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) {
    response.headers.append("Set-Cookie", cookie);
  }
  return response;
}

/**
 * A request as it goes on to Better Auth: the route has checked where it comes from, so it goes on as
 * one of our own pages.
 *
 * @param query the parameters that go along
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

/** A session token stands as `token` beside a user, in `session`, or in each of a list of sessions. */
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
 * Answers a browser whose session ends: the session is gone, and its cookie, and what the browser
 * keeps of this site. The mark of a known browser stays, for it holds nothing of the person's.
 *
 * @param body what the answer says
 * @throws AppError `unavailable`; the session is then still there
 */
export async function signedOut(request: Request, body: unknown): Promise<Response> {
  const { cookies } = await forwardAuth(
    new Request(new URL(`${authPath}/sign-out`, env.baseUrl), {
      method: "POST",
      headers: request.headers,
    }),
  );
  const response = authResponse({ body, cookies });
  // Not "cache": Chromium then answers up to seconds later, and nothing of a person's is cached here,
  // where pages and answers are no-store. Not "cookies": the mark of a known browser would go.
  response.headers.set("Clear-Site-Data", '"storage"');
  return response;
}

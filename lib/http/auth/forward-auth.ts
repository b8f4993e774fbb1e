import "server-only";
import { z } from "zod";
import { callAuth } from "@/lib/auth/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const forwardedHeaders = ["cookie", "x-forwarded-for"];
const userAgentLengthMax = 512;

const refusal = z.object({ code: z.string() });

const wrongPassword = Symbol("wrong password");

/** Whether an error says that the password which came with a request is not the account's. */
export function isWrongPassword(error: unknown): boolean {
  return error instanceof AppError && error.cause === wrongPassword;
}

/** What Better Auth answered: its JSON without session tokens, and its cookies. */
export type AuthAnswer = { body: unknown; cookies: string[] };

/**
 * Sends a request on to Better Auth with a body that has been parsed, and takes the session tokens
 * out of its answer: they live in cookies, which no script reads.
 *
 * @param newPassword the password that the request stores, if it does
 * @throws AppError for every answer that is not a success; one that `isWrongPassword` knows for a wrong password
 */
export async function forwardAuth(
  request: Request,
  body?: unknown,
  newPassword?: string,
): Promise<AuthAnswer> {
  const response = await callAuth(ownRequest(request, body), newPassword);
  const text = await response.text();
  const answer: unknown = text === "" ? null : JSON.parse(text);
  if (!response.ok) {
    throw explain(response.status, refusal.safeParse(answer).data?.code ?? "");
  }
  return { body: withoutSessionTokens(answer), cookies: response.headers.getSetCookie() };
}

/** The answer to the client. */
export function authResponse({ body, cookies }: AuthAnswer): Response {
  const response = Response.json(body);
  for (const cookie of cookies) {
    response.headers.append("Set-Cookie", cookie);
  }
  return response;
}

/** The route has checked where the request comes from, so it goes on as one of our own pages. */
function ownRequest(request: Request, body: unknown): Request {
  const headers = new Headers({ Origin: env.baseUrl });
  for (const name of forwardedHeaders) {
    const value = request.headers.get(name);
    if (value !== null) {
      headers.set(name, value);
    }
  }
  const userAgent = request.headers.get("user-agent") ?? "";
  headers.set("User-Agent", userAgent.slice(0, userAgentLengthMax));
  const url = new URL(new URL(request.url).pathname, env.baseUrl);
  if (request.method !== "POST") {
    return new Request(url, { headers });
  }
  headers.set("Content-Type", "application/json");
  return new Request(url, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
}

function explain(status: number, code: string): AppError {
  switch (code) {
    case "INVALID_EMAIL_OR_PASSWORD":
      return new AppError(
        "unauthenticated",
        "This address and password do not belong to an account.",
        { cause: wrongPassword },
      );
    case "INVALID_PASSWORD":
      return new AppError("invalid_input", "The password is not the account's.", {
        cause: wrongPassword,
      });
    case "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL":
      return new AppError("conflict", "An account with this address exists already.");
  }
  if (status === 401) {
    return new AppError("unauthenticated", "Sign in first.");
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
